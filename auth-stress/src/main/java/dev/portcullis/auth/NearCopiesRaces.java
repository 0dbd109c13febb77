package dev.portcullis.auth;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** An answer that is on its way while something changes is not kept: the next request sees the change. */
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "Asked before the change; the change is seen after it")
@Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "Asked after the change")
@State
public class NearCopiesRaces {

    private static final NearCopies.Terms TERMS =
            new NearCopies.Terms(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 8);

    private final NearCopies<String, Integer> copies =
            new NearCopies<>(TERMS, value -> List.of("tag"), System::nanoTime);
    private volatile int stored = 1;

    private int find() {
        return Objects.requireNonNull(copies.find("key", key -> stored));
    }

    /** Writes, tells of it, answers. */
    @Actor
    public void changes() {
        stored = 2;
        copies.changed("tag");
    }

    /** Asks. */
    @Actor
    public void asks(II_Result seen) {
        seen.r1 = find();
    }

    /** Asks once all is over. */
    @Arbiter
    public void after(II_Result seen) {
        seen.r2 = find();
    }
}
