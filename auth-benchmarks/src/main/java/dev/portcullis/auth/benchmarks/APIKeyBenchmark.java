package dev.portcullis.auth.benchmarks;

import dev.portcullis.auth.InMemoryChangeNotices;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.apikey.KeyHashing;
import dev.portcullis.auth.apikey.Pepper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/**
 * An API key among a million in memory, against a bare SHA-256 and map look-up. Hot: the same four keys again and again.
 * Cold: any of 65,536 keys spread over the million, so that the look-up misses the processor's caches.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms3g", "-Xmx3g", "-XX:+AlwaysPreTouch"})
public class APIKeyBenchmark {

    private static final int KEYS = 1_000_000;
    private static final int SHOWN = 65_536;

    /** Which keys are shown. */
    @Param({"hot", "cold"})
    private String keys = "hot";

    private int shown;
    private String[] plaintexts;
    private BearerRequest[] requests;
    private APIKeyAuthentication portcullis;
    private APIKeyAuthentication cached;
    private APIKeyAuthentication peppered;
    private CachedAPIKeyStore cache;
    private BearerRequest[] pepperedRequests;
    private ConcurrentHashMap<SHA256, String> map;

    /** A bare digest for each thread. */
    @State(Scope.Thread)
    public static class Mine {
        private MessageDigest digest;

        /** Makes the digest. */
        @Setup
        public void setUp() throws Exception {
            digest = MessageDigest.getInstance("SHA-256");
        }
    }

    /** Issues a million keys, and puts the same into a map. */
    @Setup(Level.Trial)
    public void setUp() throws Exception {
        shown = keys.equals("hot") ? 4 : SHOWN;
        plaintexts = new String[shown];
        requests = new BearerRequest[shown];
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        APIKeys issuer = APIKeys.builder().store(store).build();
        map = new ConcurrentHashMap<>(2 * KEYS);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        int step = KEYS / shown;
        for (int i = 0; i < KEYS; i++) {
            String owner = "user_" + i % 10_000;
            String plaintext = issuer.issue(owner, "key " + i, Environment.LIVE, Set.of("catalog:read"), null)
                    .plaintext();
            map.put(SHA256.ofHashed(digest.digest(plaintext.getBytes(StandardCharsets.US_ASCII))), owner);
            if (i % step == 0 && i / step < shown) {
                plaintexts[i / step] = plaintext;
                requests[i / step] = new BearerRequest(plaintext);
            }
        }
        portcullis = APIKeyAuthentication.builder().store(store).build();
        cache = CachedAPIKeyStore.over(store)
                .notices(new InMemoryChangeNotices())
                .build();
        cached = APIKeyAuthentication.builder().store(cache).build();
        setUpPeppered();
        for (int i = 0; i < shown; i++) {
            checkLetIn(portcullis.authenticate(requests[i]));
            checkLetIn(cached.authenticate(requests[i]));
            checkLetIn(peppered.authenticate(pepperedRequests[i]));
        }
    }

    private void setUpPeppered() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        KeyHashing hashing = KeyHashing.keyed(Pepper.of(1, secret)).build();
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        APIKeys issuer = APIKeys.builder().store(store).hashing(hashing).build();
        pepperedRequests = new BearerRequest[shown];
        for (int i = 0; i < shown; i++) {
            pepperedRequests[i] =
                    new BearerRequest(issuer.issue("user_" + i, "key", Environment.LIVE, Set.of("catalog:read"), null)
                            .plaintext());
        }
        peppered = APIKeyAuthentication.builder().store(store).hashing(hashing).build();
    }

    private static void checkLetIn(Outcome outcome) {
        if (!(outcome instanceof Outcome.Authenticated)) {
            throw new IllegalStateException("The key is not let in");
        }
    }

    /** Ends the recording of last uses. */
    @TearDown(Level.Trial)
    public void tearDown() {
        portcullis.close();
        cached.close();
        cache.close();
        peppered.close();
    }

    private int any() {
        return ThreadLocalRandom.current().nextInt(shown);
    }

    /** A reused digest, and a {@code ConcurrentHashMap}. */
    @Benchmark
    public @Nullable String bareHashAndMap(Mine mine) {
        byte[] hash = mine.digest.digest(plaintexts[any()].getBytes(StandardCharsets.US_ASCII));
        return map.get(SHA256.ofHashed(hash));
    }

    /** {@code APIKeyAuthentication}, from the header field to the caller. */
    @Benchmark
    public Outcome portcullis() {
        return portcullis.authenticate(requests[any()]);
    }

    /** The same with copies in front of the store, as in front of a database. */
    @Benchmark
    public Outcome portcullisCached() {
        return cached.authenticate(requests[any()]);
    }

    /** The same with a pepper, among as many keys as are shown. */
    @Benchmark
    public Outcome portcullisPeppered() {
        return peppered.authenticate(pepperedRequests[any()]);
    }
}
