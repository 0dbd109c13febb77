package dev.portcullis.auth.apikey;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Keys that are found while they, or others, are changed. */
final class KeyRaces {

    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    static final APIKey[] SOME = new APIKey[16];

    static {
        for (int i = 0; i < SOME.length; i++) {
            SOME[i] = APIKey.builder()
                    .id(new UUID(7, i))
                    .hash(SHA256.of(SecretText.of("key " + i)))
                    .owner("owner")
                    .name("Key")
                    .keyPrefix("grd_live_0123abcd")
                    .createdAt(NOW)
                    .build();
        }
    }

    private KeyRaces() {}

    static AuditNote note(AuditAction action) {
        return new AuditNote(action, dev.portcullis.auth.Actor.APPLICATION, NOW);
    }

    static InMemoryAPIKeyStore store(int keys) {
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        for (int i = 0; i < keys; i++) {
            store.add(SOME[i], AddTerms.any(), note(AuditAction.ISSUE));
        }
        return store;
    }

    /** The table grows, and is tidied, while a key in it is sought. */
    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "A key that is there is found")
    @State
    public static class Growth {
        private final InMemoryAPIKeyStore store = store(5);

        @Actor
        public void adds() {
            store.delete(SOME[1].id(), note(AuditAction.DELETE));
            store.add(SOME[5], AddTerms.any(), note(AuditAction.ISSUE));
            store.add(SOME[6], AddTerms.any(), note(AuditAction.ISSUE));
        }

        @Actor
        public void finds(ZZ_Result seen) {
            seen.r1 = store.find(SOME[0].hash()) != null;
            seen.r2 = store.get(SOME[4].id()) != null;
        }
    }

    /** What a revocation, a use and a change of the same key leave. */
    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Revoked, with the last use; none undoes the other")
    @State
    public static class RevokedAndUsed {
        private final InMemoryAPIKeyStore store = store(1);

        @Actor
        public void revokes() {
            store.revoke(SOME[0].id(), note(AuditAction.REVOKE));
        }

        @Actor
        public void uses() {
            store.touch(SOME[0].id(), NOW.plusSeconds(9));
            store.touch(SOME[0].id(), NOW.plusSeconds(5));
        }

        @Arbiter
        public void after(ZZ_Result seen) {
            APIKey key = Objects.requireNonNull(store.find(SOME[0].hash()));
            seen.r1 = key.isRevoked();
            seen.r2 = NOW.plusSeconds(9).equals(key.lastUsedAt());
        }
    }

    /** Two rotations at once give one successor. */
    @JCStressTest
    @Outcome(id = "ROTATED, ALREADY_ROTATED", expect = Expect.ACCEPTABLE, desc = "The first one wins")
    @Outcome(id = "ALREADY_ROTATED, ROTATED", expect = Expect.ACCEPTABLE, desc = "The second one wins")
    @State
    public static class Rotation {
        private final InMemoryAPIKeyStore store = store(1);

        private RotateResult rotate(APIKey successor) {
            return store.rotate(SOME[0].id(), successor, NOW.plusSeconds(60), 9, note(AuditAction.ROTATE));
        }

        @Actor
        public void one(LL_Result seen) {
            seen.r1 = rotate(SOME[1]);
        }

        @Actor
        public void other(LL_Result seen) {
            seen.r2 = rotate(SOME[2]);
        }
    }

    /** A request that is sent twice at once issues one key. */
    @JCStressTest
    @Outcome(id = "Added, Repeated", expect = Expect.ACCEPTABLE, desc = "The first one adds")
    @Outcome(id = "Repeated, Added", expect = Expect.ACCEPTABLE, desc = "The second one adds")
    @State
    public static class SentTwice {
        private static final AddTerms TERMS =
                new AddTerms(9, new Idempotency(SOME[0].hash(), SOME[1].hash(), NOW.plusSeconds(60)));

        private final InMemoryAPIKeyStore store = store(0);

        private String add(APIKey key) {
            return store.add(key, TERMS, note(AuditAction.ISSUE)).getClass().getSimpleName();
        }

        @Actor
        public void one(LL_Result seen) {
            seen.r1 = add(SOME[0]);
        }

        @Actor
        public void other(LL_Result seen) {
            seen.r2 = add(SOME[1]);
        }
    }

    /** Once a revocation has returned, no copy of the key from before is used, also not one that was on its way. */
    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Revoked for whoever asks afterwards")
    @State
    public static class RevokedInTheCache {
        private final CachedAPIKeyStore cache = CachedAPIKeyStore.over(store(1))
                .lifetime(Duration.ofMinutes(5))
                .ticker(System::nanoTime)
                .executor(Runnable::run)
                .build();

        private boolean isRevoked() {
            return Objects.requireNonNull(cache.find(SOME[0].hash())).isRevoked();
        }

        @Actor
        public void revokes(ZZ_Result seen) {
            cache.revoke(SOME[0].id(), note(AuditAction.REVOKE));
            seen.r1 = isRevoked();
        }

        @Actor
        public void finds() {
            cache.find(SOME[0].hash());
        }

        @Arbiter
        public void after(ZZ_Result seen) {
            seen.r2 = isRevoked();
        }
    }

    /** Once a revocation has returned, no record of the key from before is vouched for, also not one just found. */
    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Whoever knows the key looks again")
    @State
    public static class VouchedForInTheCache {
        private final CachedAPIKeyStore cache = CachedAPIKeyStore.over(store(1))
                .lifetime(Duration.ofMinutes(5))
                .ticker(System::nanoTime)
                .executor(Runnable::run)
                .build();

        private final APIKey known = found();
        private APIKey latest = known;

        private APIKey found() {
            return Objects.requireNonNull(cache.find(SOME[0].hash()));
        }

        @Actor
        public void revokes(ZZ_Result seen) {
            cache.revoke(SOME[0].id(), note(AuditAction.REVOKE));
            seen.r1 = !cache.isCurrent(known);
        }

        @Actor
        public void finds() {
            cache.touch(SOME[0].id(), NOW.plusSeconds(9));
            latest = found();
        }

        @Arbiter
        public void after(ZZ_Result seen) {
            seen.r2 = latest.isRevoked() || !cache.isCurrent(latest);
        }
    }

    /** A key that was unknown a moment ago works as soon as it is issued. */
    @JCStressTest
    @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "Known for whoever asks afterwards")
    @State
    public static class IssuedWhileSought {
        private final CachedAPIKeyStore cache = CachedAPIKeyStore.over(store(0))
                .lifetime(Duration.ofMinutes(5))
                .ticker(System::nanoTime)
                .executor(Runnable::run)
                .build();

        @Actor
        public void issues() {
            cache.add(SOME[0], AddTerms.any(), note(AuditAction.ISSUE));
        }

        @Actor
        public void seeks() {
            cache.find(SOME[0].hash());
        }

        @Arbiter
        public void after(Z_Result seen) {
            seen.r1 = cache.find(SOME[0].hash()) != null;
        }
    }
}
