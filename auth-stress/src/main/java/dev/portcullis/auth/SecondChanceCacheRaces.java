package dev.portcullis.auth;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The cache that tokens, keys and sessions are found in. */
final class SecondChanceCacheRaces {

    private SecondChanceCacheRaces() {}

    /** Whoever keeps what there is no room for, and whoever uses what must go, leave no more than there is room for. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "As many as there is room for")
    @State
    public static class Bound {
        private final SecondChanceCache<Integer, Integer> cache = new SecondChanceCache<>(2);

        public Bound() {
            cache.keep(0, 0, 1);
        }

        @Actor
        public void one() {
            cache.keep(1, 1, 1);
            cache.keep(2, 2, 1);
        }

        @Actor
        public void other() {
            cache.keep(3, 3, 1);
            cache.find(0);
        }

        @Arbiter
        public void after(I_Result seen) {
            seen.r1 = cache.size();
        }
    }

    /** A value is whole, and of keeping and dropping the last one counts, for the map and for the line alike. */
    @JCStressTest
    @Outcome(id = "0, true", expect = Expect.ACCEPTABLE, desc = "Not there")
    @Outcome(id = "7, true", expect = Expect.ACCEPTABLE, desc = "There, and whole")
    @State
    public static class Whole {
        private final SecondChanceCache<String, int[]> cache = new SecondChanceCache<>(8);

        private int find() {
            int[] found = cache.find("key");
            return found == null ? 0 : found[0];
        }

        @Actor
        public void keeps() {
            cache.keep("key", new int[] {7}, 1);
        }

        @Actor
        public void drops(IZ_Result seen) {
            seen.r1 = find();
            cache.drop("key");
        }

        @Arbiter
        public void after(IZ_Result seen) {
            seen.r2 = (find() == 7) == (cache.size() == 1);
        }
    }
}
