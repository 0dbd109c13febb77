package dev.portcullis.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.LoginOutcome;
import dev.portcullis.auth.session.OpenedSession;
import dev.portcullis.auth.session.SessionAuthentication;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.session.Sessions;
import dev.portcullis.auth.testkit.SessionRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a request costs in commands, as Redis itself counts them: each is one round trip. */
class RoundTripsTest {

    private static final int CHECKS = 100;

    /** Of this test's own connection, and of the one that sees to it that Redis answers. */
    private static final Set<String> NOT_OURS = Set.of("auth", "info", "quit", "ping");

    private final TestRedis redis = TestRedis.started();
    private final RedisServer server = RedisServer.at(redis.url()).build();
    private final InMemoryAPIKeyStore keyStore = new InMemoryAPIKeyStore();
    private final APIKeyAuthentication keys =
            APIKeyAuthentication.builder().store(keyStore).build();
    private OpenedSession opened;
    private IssuedAPIKey key;

    @BeforeEach
    void login() {
        await().until(() -> server.toString().equals("RedisServer[connected]"));
        key = APIKeys.builder()
                .store(keyStore)
                .build()
                .issue("alice", "CI", Environment.LIVE, Set.of("catalog:read"), null);
        Sessions sessions = Sessions.builder()
                .store(server.sessions())
                .keys(keys)
                .limits(LoginLimits.none())
                .build();
        opened = ((LoginOutcome.Opened) sessions.login(SecretText.of(key.plaintext()), SessionRequest.without()))
                .opened();
    }

    @AfterEach
    void close() {
        keys.close();
        server.close();
        redis.close();
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new HashMap<>();
        redis.info("commandstats")
                .filter(line -> line.startsWith("cmdstat_"))
                .map(line -> line.substring("cmdstat_".length()).split(":calls=|,", 3))
                .filter(parts -> !NOT_OURS.contains(parts[0]))
                .forEach(parts -> counts.put(parts[0], Long.parseLong(parts[1])));
        return counts;
    }

    /** What was counted of each command meanwhile. */
    private Map<String, Long> counted(Runnable work) {
        Map<String, Long> before = counts();
        work.run();
        Map<String, Long> during = counts();
        during.replaceAll((command, count) -> count - before.getOrDefault(command, 0L));
        during.values().removeIf(count -> count == 0);
        return during;
    }

    private void check(SessionStore store) {
        SessionAuthentication method =
                SessionAuthentication.builder().store(store).keys(keys).build();
        for (int i = 0; i < CHECKS; i++) {
            assertThat(method.authenticate(SessionRequest.with(opened))).isInstanceOf(Outcome.Authenticated.class);
        }
    }

    /** "one Redis round trip at most when uncached", with the judgement of its key. */
    @Test
    void a_session_of_which_there_is_no_copy_is_one_command() {
        assertThat(counted(() -> check(server.sessions()))).isEqualTo(Map.of("hgetall", (long) CHECKS));
    }

    /** And none while there is a copy, as soon as changes are heard of: what was read before may have changed. */
    @Test
    void a_session_of_which_there_is_a_copy_is_none() {
        try (CachedSessionStore copies = CachedSessionStore.over(server.sessions())
                .notices(server.changeNotices())
                .build()) {
            await().untilAsserted(() -> assertThat(counted(() -> check(copies))).doesNotContainKey("hgetall"));
        }
    }

    /** How the account stands is another, where that is kept in Redis too. */
    @Test
    void an_account_of_which_there_is_no_copy_is_one_command_more() {
        assertThat(counted(() -> server.accounts().find("alice"))).isEqualTo(Map.of("hmget", 1L));
    }
}
