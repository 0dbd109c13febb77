package dev.portcullis.auth.example;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The key that is shown at the start. Every start needs a new one, for nobody knows what an older one was; so that they do
 * not pile up, those that have expired are deleted, and of the others all but the latest. Instances that share a database
 * leave each other's alone that way.
 */
final class DemoKey {

    /** No user's account, so that nothing of a user's is ever deleted. */
    static final String ACCOUNT = "portcullis-example";

    /** How many there are at most. */
    static final int MOST = 10;

    private static final Duration LIFETIME = Duration.ofDays(1);
    private static final int PAGE = 1000;

    private final APIKeys keys;

    DemoKey(APIKeys keys) {
        this.keys = keys;
    }

    /** The plaintext of a new one. */
    String issue(Environment environment, List<String> scopes) {
        Instant now = keys.now();
        List<APIKey> newestFirst = keys.ofAccount(ACCOUNT, Actor.APPLICATION).list(null, PAGE);
        for (int i = 0; i < newestFirst.size(); i++) {
            APIKey key = newestFirst.get(i);
            if (i >= MOST - 1 || !key.isActive(now)) {
                keys.delete(key.id());
            }
        }
        return keys.issue(ACCOUNT, "Demo", environment, scopes, now.plus(LIFETIME))
                .plaintext();
    }
}
