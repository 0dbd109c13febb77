package dev.portcullis.auth.apikey;

import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Keys that another node changes while they are found here, and uses that are told out of turn. */
final class KeyNoticeRaces {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static final APIKey KEY = APIKey.builder()
            .id(new UUID(7, 1))
            .hash(SHA256.of(SecretText.of("key")))
            .owner("owner")
            .name("Key")
            .keyPrefix("grd_live_0123abcd")
            .createdAt(NOW)
            .build();

    private KeyNoticeRaces() {}

    private static AuditNote note(AuditAction action) {
        return new AuditNote(action, dev.portcullis.auth.Actor.APPLICATION, NOW);
    }

    private static InMemoryAPIKeyStore store() {
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        store.add(KEY, AddTerms.any(), note(AuditAction.ISSUE));
        return store;
    }

    /** Notices that are always up to date. */
    private static final class Told implements ChangeNotices {
        private @Nullable Listener listener;

        @Override
        public Subscription subscribe(String topic, Listener told) {
            listener = told;
            return new Subscription() {
                @Override
                public long nanosBehind() {
                    return 0;
                }

                @Override
                public void close() {}
            };
        }
    }

    /** Once a notice has come, no copy from before is used, also not one that was on its way. */
    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Revoked for whoever asks afterwards")
    @State
    public static class RevokedElsewhere {
        private final InMemoryAPIKeyStore store = store();
        private final Told notices = new Told();
        private final CachedAPIKeyStore cache = CachedAPIKeyStore.over(store)
                .lifetime(Duration.ofMinutes(5))
                .lifetimeWithNotices(Duration.ofMinutes(5))
                .notices(notices)
                .ticker(System::nanoTime)
                .executor(Runnable::run)
                .build();

        private boolean isRevoked() {
            return Objects.requireNonNull(cache.find(KEY.hash())).isRevoked();
        }

        @Actor
        public void revokes(ZZ_Result seen) {
            store.revoke(KEY.id(), note(AuditAction.REVOKE));
            Objects.requireNonNull(notices.listener).changed(KEY.id().toString());
            seen.r1 = isRevoked();
        }

        @Actor
        public void finds() {
            cache.find(KEY.hash());
        }

        @Arbiter
        public void after(ZZ_Result seen) {
            seen.r2 = isRevoked();
        }
    }

    /** Of two uses the later one stays, in whichever order they are written. */
    @JCStressTest
    @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "The later one")
    @State
    public static class UsedTwice {
        private final InMemoryAPIKeyStore store = store();

        @Actor
        public void later() {
            store.touch(KEY.id(), NOW.plusSeconds(9));
        }

        @Actor
        public void earlier() {
            store.touch(KEY.id(), NOW.plusSeconds(5));
        }

        @Arbiter
        public void after(Z_Result seen) {
            seen.r1 = NOW.plusSeconds(9)
                    .equals(Objects.requireNonNull(store.find(KEY.hash())).lastUsedAt());
        }
    }
}
