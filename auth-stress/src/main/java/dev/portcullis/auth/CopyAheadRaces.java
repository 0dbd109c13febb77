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

/** What is asked for ahead of time while it changes is not kept either. */
@JCStressTest
@Outcome(
        id = "1, 2",
        expect = Expect.ACCEPTABLE,
        desc = "A good copy, asked for ahead of time; the change is seen after it")
@Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "Asked after the change")
@State
public class CopyAheadRaces {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final NearCopies.Terms TERMS = new NearCopies.Terms(HOUR, HOUR, HOUR, HOUR, 8);

    private long clock;
    private final NearCopies<String, Integer> copies =
            new NearCopies<>(TERMS, null, value -> List.of("tag"), () -> clock, Runnable::run);
    private volatile int stored = 1;

    /** A copy that is due. */
    public CopyAheadRaces() {
        find();
        clock = HOUR.toNanos() - 1;
    }

    private int find() {
        return Objects.requireNonNull(copies.find("key", key -> answerSlowly()));
    }

    /** So that a change fits in while the answer is on its way. */
    private int answerSlowly() {
        int answer = stored;
        for (int i = 0; i < 20; i++) {
            Thread.onSpinWait();
        }
        return answer;
    }

    /** Writes, tells of it, answers. */
    @Actor
    public void changes() {
        stored = 2;
        copies.changed("tag");
    }

    /** Uses the copy, and has it asked for. */
    @Actor
    public void uses(II_Result seen) {
        seen.r1 = find();
    }

    /** Asks once all is over. */
    @Arbiter
    public void after(II_Result seen) {
        seen.r2 = find();
    }
}
