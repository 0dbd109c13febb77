package dev.portcullis.auth.benchmarks;

import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Tokens that come again and again, at random, against Spring Security's decoder on the same tokens. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class SeenBeforeBenchmark {

    /** How many live tokens there are; a power of two, or 10,000. */
    @Param({"4", "10000"})
    private int live = 4;

    private Tokens issuer;
    private String[] tokens;
    private BearerRequest[] requests;
    private JWKSAuthentication portcullis;
    private NimbusJwtDecoder spring;

    /** Makes the tokens and shows each once. */
    @Setup(Level.Trial)
    public void setUp() throws Exception {
        issuer = new Tokens();
        tokens = issuer.make(live);
        requests = new BearerRequest[live];
        portcullis = Decoders.portcullis(issuer, Decoders.provider("JDK"), 20_000);
        spring = Decoders.spring(issuer, Decoders.provider("JDK"));
        for (int i = 0; i < live; i++) {
            requests[i] = new BearerRequest(tokens[i]);
            if (!(portcullis.authenticate(requests[i]) instanceof Outcome.Authenticated)) {
                throw new IllegalStateException("The token is not let in");
            }
        }
    }

    /** Stops the issuer. */
    @TearDown(Level.Trial)
    public void tearDown() {
        portcullis.close();
        issuer.close();
    }

    private int any() {
        return ThreadLocalRandom.current().nextInt(live);
    }

    /** {@code JWKSAuthentication} as it is unless configured otherwise. */
    @Benchmark
    public Outcome portcullis() {
        return portcullis.authenticate(requests[any()]);
    }

    /** {@code NimbusJwtDecoder}, which remembers no tokens. */
    @Benchmark
    public Jwt nimbusJwtDecoder() {
        return spring.decode(tokens[any()]);
    }
}
