package dev.portcullis.auth.signature;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Instant;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A signed request that comes twice at once, while the memory forgets others, is let in once. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "The first one is let in")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The second one is let in")
@State
public class ReplayRaces {

    private static final SHA256 KEY = SHA256.of(SecretText.of("key"));
    private static final SHA256 REQUEST = SHA256.of(SecretText.of("request"));
    private static final SHA256 OTHER = SHA256.of(SecretText.of("other"));
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final InMemoryReplayMemory memory = new InMemoryReplayMemory(100);

    /** Something to forget. */
    public ReplayRaces() {
        memory.claim(KEY, OTHER, NOW.minusSeconds(9), NOW.minusSeconds(1));
    }

    private boolean claim() {
        return memory.claim(KEY, REQUEST, NOW, NOW.plusSeconds(30));
    }

    /** Claims it. */
    @Actor
    public void one(ZZ_Result seen) {
        seen.r1 = claim();
    }

    /** Claims it too. */
    @Actor
    public void other(ZZ_Result seen) {
        seen.r2 = claim();
    }
}
