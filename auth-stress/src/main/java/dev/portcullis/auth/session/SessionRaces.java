package dev.portcullis.auth.session;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Sessions that end while something else happens to them, and guesses that come together. */
final class SessionRaces {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final SHA256 HASH = SHA256.of(SecretText.of("cookie"));
    private static final UUID KEY = new UUID(7, 7);

    private static final Session SESSION = new Session(
            new UUID(7, 1),
            HASH,
            "account",
            LoginType.API_KEY,
            CredentialKind.API_KEY,
            Set.of(),
            new OpeningKey(KEY, SHA256.of(SecretText.of("key"))),
            NOW,
            NOW.plusSeconds(60));

    private SessionRaces() {}

    /** A session that ends while its key is hashed anew does not come back. */
    @JCStressTest
    @Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "It is gone")
    @State
    public static class EndedAndRehashed {
        private final InMemorySessionStore store = new InMemorySessionStore();

        public EndedAndRehashed() {
            store.add(SESSION, 9);
        }

        @Actor
        public void ends() {
            store.endAllOfKey(KEY);
        }

        @Actor
        public void rehashes() {
            store.rehashKey(KEY, HASH);
        }

        @Arbiter
        public void after(ZZ_Result seen) {
            seen.r1 = store.find(HASH) != null;
            seen.r2 = store.list("account", NOW).isEmpty();
        }
    }

    /** A session that is found while its key is hashed anew is never missing. */
    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Found, before or after")
    @State
    public static class FoundAndRehashed {
        private final InMemorySessionStore store = new InMemorySessionStore();

        public FoundAndRehashed() {
            store.add(SESSION, 9);
        }

        @Actor
        public void finds(ZZ_Result seen) {
            seen.r1 = store.find(HASH) != null;
        }

        @Actor
        public void rehashes() {
            store.rehashKey(KEY, HASH);
        }

        @Arbiter
        public void after(ZZ_Result seen) {
            seen.r2 = store.find(HASH) != null;
        }
    }

    /** Of two attempts by one name, where one is allowed, one is let through. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The first one is let through")
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The second one is let through")
    @State
    public static class Attempts {
        private final InMemoryRateLimit limit = InMemoryRateLimit.of(1, Duration.ofDays(1));

        private int take() {
            return limit.take("name").isZero() ? 0 : 1;
        }

        @Actor
        public void one(II_Result seen) {
            seen.r1 = take();
        }

        @Actor
        public void other(II_Result seen) {
            seen.r2 = take();
        }
    }
}
