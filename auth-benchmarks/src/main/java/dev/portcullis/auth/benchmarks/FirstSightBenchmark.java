package dev.portcullis.auth.benchmarks;

import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.util.Base64;
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

/**
 * A token that was never seen before: the whole way from the header field to a caller with readable claims, against a
 * bare signature check of the same provider and against Spring Security's decoder.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class FirstSightBenchmark {

    private static final int TOKENS = 1024;

    /** The JCA provider that verifies. */
    @Param({"JDK", "Corretto"})
    private String provider = "JDK";

    private Tokens issuer;
    private String[] tokens;
    private BearerRequest[] requests;
    private byte[][] signed;
    private byte[][] signatures;
    private JWKSAuthentication portcullis;
    private NimbusJwtDecoder spring;

    /** A bare {@code Signature}, initialised once, and a place in the row of tokens, for each thread. */
    @State(Scope.Thread)
    public static class Mine {
        private Signature signature;
        private int next;

        /** Initialises the bare signature check. */
        @Setup
        public void setUp(FirstSightBenchmark shared) throws Exception {
            signature = Signature.getInstance("SHA256withRSA", Decoders.provider(shared.provider));
            signature.initVerify(shared.issuer.publicKey());
        }

        int next() {
            next = (next + 1) % TOKENS;
            return next;
        }
    }

    /** Makes the tokens and both decoders. */
    @Setup(Level.Trial)
    public void setUp() throws Exception {
        issuer = new Tokens();
        tokens = issuer.make(TOKENS);
        requests = new BearerRequest[TOKENS];
        signed = new byte[TOKENS][];
        signatures = new byte[TOKENS][];
        for (int i = 0; i < TOKENS; i++) {
            requests[i] = new BearerRequest(tokens[i]);
            int dot = tokens[i].lastIndexOf('.');
            signed[i] = tokens[i].substring(0, dot).getBytes(StandardCharsets.US_ASCII);
            signatures[i] = Base64.getUrlDecoder().decode(tokens[i].substring(dot + 1));
        }
        portcullis = Decoders.portcullis(issuer, Decoders.provider(provider), 0);
        spring = Decoders.spring(issuer, Decoders.provider(provider));
        if (!(portcullis.authenticate(requests[0]) instanceof Outcome.Authenticated)) {
            throw new IllegalStateException("The token is not let in");
        }
    }

    /** Stops the issuer. */
    @TearDown(Level.Trial)
    public void tearDown() {
        portcullis.close();
        issuer.close();
    }

    /** A reused {@code Signature} and nothing else. */
    @Benchmark
    public boolean bareVerify(Mine mine) throws Exception {
        int i = mine.next();
        mine.signature.update(signed[i]);
        return mine.signature.verify(signatures[i]);
    }

    /** {@code JWKSAuthentication} without memory of tokens. */
    @Benchmark
    public Outcome portcullis(Mine mine) {
        return portcullis.authenticate(requests[mine.next()]);
    }

    /** {@code NimbusJwtDecoder}, with the same checks. */
    @Benchmark
    public Jwt nimbusJwtDecoder(Mine mine) {
        return spring.decode(tokens[mine.next()]);
    }
}
