package dev.portcullis.auth.benchmarks;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.ReplayProtection;
import dev.portcullis.auth.signature.RequestSignature;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import dev.portcullis.auth.signature.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A signed request without a body, against the bare check of its signature by the JDK. Both with one key, the same in each
 * process: what the JDK allocates to check a signature depends on key and signature, and differs by up to 16 KB.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(2)
public class SignedRequestBenchmark {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] SEED = new byte[32];
    private static final String TARGET = "/v1/orders?status=open";

    private SignedRequestAuthentication portcullis;
    private Sent request;
    private PublicKey key;
    private byte[] message;
    private byte[] signature;

    /** A request as a container would hand it on. */
    private static final class Sent implements AuthRequest {

        private final Map<String, List<String>> fields = new HashMap<>();

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String target() {
            return TARGET;
        }

        @Override
        public List<String> headers(String name) {
            return fields.getOrDefault(name, List.of());
        }

        @Override
        public byte[] body(int most) {
            return new byte[0];
        }
    }

    /** Signs a request. */
    @Setup
    public void setUp() throws Exception {
        Ed25519SecretKey secret = Objects.requireNonNull(Ed25519SecretKey.of(SEED));
        InMemorySigningKeyStore store = new InMemorySigningKeyStore();
        SigningKeys.builder().store(store).build().register("desk", "desk", secret.publicKey(), Set.of("orders:read"));
        portcullis = SignedRequestAuthentication.builder()
                .store(store)
                .replayProtection(ReplayProtection.OFF)
                .clock(() -> NOW)
                .build();
        request = new Sent();
        RequestSignature signed = RequestSignature.of(secret, NOW, "GET", TARGET, new byte[0]);
        signed.headers("x-thegrid").forEach((name, value) -> request.fields.put(name, List.of(value)));
        if (!(portcullis.authenticate(request) instanceof Outcome.Authenticated)) {
            throw new IllegalStateException("The request is not let in");
        }
        byte[] der = new byte[44];
        System.arraycopy(HexFormat.of().parseHex("302a300506032b6570032100"), 0, der, 0, 12);
        System.arraycopy(secret.publicKey().encoded(), 0, der, 12, 32);
        key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
        message = (NOW.getEpochSecond() + "GET" + TARGET).getBytes(StandardCharsets.US_ASCII);
        signature = Base64.getDecoder().decode(signed.value());
    }

    /** All of the method. */
    @Benchmark
    public Outcome portcullis() {
        return portcullis.authenticate(request);
    }

    /** The signature alone. */
    @Benchmark
    public boolean bareSignature() throws Exception {
        Signature engine = Signature.getInstance("Ed25519");
        engine.initVerify(key);
        engine.update(message);
        return engine.verify(signature);
    }
}
