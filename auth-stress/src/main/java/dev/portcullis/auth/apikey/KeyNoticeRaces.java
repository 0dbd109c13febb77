package dev.portcullis.auth.apikey;

import dev.portcullis.auth.ChangeNotices;
import java.time.Duration;
import java.util.Objects;
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

    private static final APIKey KEY = KeyRaces.SOME[0];

    private KeyNoticeRaces() {}

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
        private final InMemoryAPIKeyStore store = KeyRaces.store(1);
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
            store.revoke(KEY.id(), KeyRaces.note(AuditAction.REVOKE));
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
        private final InMemoryAPIKeyStore store = KeyRaces.store(1);

        @Actor
        public void later() {
            store.touch(KEY.id(), KeyRaces.NOW.plusSeconds(9));
        }

        @Actor
        public void earlier() {
            store.touch(KEY.id(), KeyRaces.NOW.plusSeconds(5));
        }

        @Arbiter
        public void after(Z_Result seen) {
            seen.r1 = KeyRaces.NOW
                    .plusSeconds(9)
                    .equals(Objects.requireNonNull(store.find(KEY.hash())).lastUsedAt());
        }
    }
}
