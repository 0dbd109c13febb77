package dev.portcullis.auth.jwt;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Requests that need published keys at the same moment. */
final class KeyRefreshRaces {

    private static final long HOUR = Duration.ofHours(1).toNanos();

    private KeyRefreshRaces() {}

    /** Knows every key up to the one that it was published with. */
    private record Numbers(int last) implements NamedKeys<Integer> {
        @Override
        public @Nullable Integer find(@Nullable String name) {
            int number = name == null ? 0 : Integer.parseInt(name);
            return number <= last ? number : null;
        }

        @Override
        public int size() {
            return last + 1;
        }
    }

    private static KeyRefresh<Numbers, Integer> refresh(AtomicInteger fetches) {
        return new KeyRefresh<>(
                before -> new KeyDownload.Downloaded<>(new Numbers(fetches.incrementAndGet()), Duration.ofHours(1)),
                Runnable::run,
                new KeyRefresh.Limits(HOUR, HOUR, HOUR, 9),
                System::nanoTime);
    }

    /** Both wait for the same first fetch. */
    @JCStressTest
    @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "One fetch, and both get what came of it")
    @State
    public static class FirstFetch {
        private final AtomicInteger fetches = new AtomicInteger();
        private final KeyRefresh<Numbers, Integer> keys = refresh(fetches);

        @Actor
        public void one(III_Result seen) {
            seen.r1 = keys.current().last();
        }

        @Actor
        public void other(III_Result seen) {
            seen.r2 = keys.current().last();
        }

        @Arbiter
        public void after(III_Result seen) {
            seen.r3 = fetches.get();
        }
    }

    /** Two requests bear the identifier of a key that is not known here yet. */
    @JCStressTest
    @Outcome(id = "2, 2, 2", expect = Expect.ACCEPTABLE, desc = "One more fetch, and both get the key")
    @State
    public static class UnknownKey {
        private final AtomicInteger fetches = new AtomicInteger();
        private final KeyRefresh<Numbers, Integer> keys = refresh(fetches);

        public UnknownKey() {
            keys.start();
        }

        private int find() {
            Integer found = keys.find("2");
            return found == null ? -1 : found;
        }

        @Actor
        public void one(III_Result seen) {
            seen.r1 = find();
        }

        @Actor
        public void other(III_Result seen) {
            seen.r2 = find();
        }

        @Arbiter
        public void after(III_Result seen) {
            seen.r3 = fetches.get();
        }
    }

    /** A request needs keys while the source of them is closed: it has them, or is told that there are none. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It came first")
    @Outcome(id = "-1, 0", expect = Expect.ACCEPTABLE, desc = "It came too late")
    @State
    public static class Closing {
        private final AtomicInteger fetches = new AtomicInteger();
        private final KeyRefresh<Numbers, Integer> keys = refresh(fetches);

        @Actor
        public void asks(II_Result seen) {
            try {
                seen.r1 = keys.current().last();
            } catch (dev.portcullis.auth.AuthUnavailableException e) {
                seen.r1 = -1;
            }
        }

        @Actor
        public void closes() {
            keys.close();
        }

        @Arbiter
        public void after(II_Result seen) {
            seen.r2 = fetches.get();
        }
    }
}
