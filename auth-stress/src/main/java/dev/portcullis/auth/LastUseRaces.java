package dev.portcullis.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJ_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Uses of a key that are noted while others are, or while the notes are taken to the store. */
final class LastUseRaces {

    private static final LastUseRecorder.Limits LIMITS =
            new LastUseRecorder.Limits(9, Duration.ofDays(1), Duration.ZERO);

    private static final UUID KEY = new UUID(7, 1);
    private static final UUID OTHER = new UUID(7, 2);

    private static final int MINUTE = 60_000;

    private LastUseRaces() {}

    /** A store that counts what it is told, a clock, and the recorder between them, without its thread. */
    private static final class Recorded {
        private final AtomicLong now = new AtomicLong(MINUTE);
        private final AtomicLong last = new AtomicLong();
        private final AtomicInteger writes = new AtomicInteger();
        private final LastUseRecorder<UUID> recorder = new LastUseRecorder<>(
                "keys",
                new LastUseRecorder.Uses<>(id -> id, id -> LastUseRecorder.NEVER_YET, this::touch),
                this::time,
                LIMITS);

        private Instant time() {
            return Instant.ofEpochMilli(now.get());
        }

        private void touch(UUID id, Instant usedAt) {
            if (id.equals(KEY)) {
                last.set(usedAt.toEpochMilli());
                writes.incrementAndGet();
            }
        }
    }

    /** A later use that is noted while the one before is written is not forgotten with it. */
    @JCStressTest
    @Outcome(id = "1, 120000", expect = Expect.ACCEPTABLE, desc = "Both in one")
    @Outcome(id = "2, 120000", expect = Expect.ACCEPTABLE, desc = "One after the other")
    @State
    public static class UsedWhileWritten {
        private final Recorded keys = new Recorded();

        public UsedWhileWritten() {
            keys.recorder.used(KEY);
        }

        @Actor
        public void writes() {
            keys.recorder.flush();
        }

        @Actor
        public void uses() {
            keys.now.set(2 * MINUTE);
            keys.recorder.used(KEY);
        }

        @Arbiter
        public void after(IJ_Result seen) {
            keys.recorder.flush();
            seen.r1 = keys.writes.get();
            seen.r2 = keys.last.get();
        }
    }

    /** Of two uses in the same minute one is written, also if the first has gone to the store meanwhile. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Once a minute")
    @State
    public static class UsedTwice {
        private final Recorded keys = new Recorded();

        @Actor
        public void one() {
            keys.recorder.used(KEY);
            keys.recorder.flush();
        }

        @Actor
        public void other() {
            keys.recorder.used(OTHER);
            keys.recorder.used(KEY);
        }

        @Arbiter
        public void after(I_Result seen) {
            keys.recorder.flush();
            seen.r1 = keys.writes.get();
        }
    }

    /** A note that two threads take to the store is written once. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Written once")
    @State
    public static class WrittenTwice {
        private final Recorded keys = new Recorded();

        public WrittenTwice() {
            keys.recorder.used(KEY);
        }

        @Actor
        public void one() {
            keys.recorder.flush();
        }

        @Actor
        public void other() {
            keys.recorder.flush();
        }

        @Arbiter
        public void after(I_Result seen) {
            seen.r1 = keys.writes.get();
        }
    }
}
