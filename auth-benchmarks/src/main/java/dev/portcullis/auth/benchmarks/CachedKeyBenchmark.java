package dev.portcullis.auth.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.Actor;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.AuditNote;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.apikey.KeyHashing;
import dev.portcullis.auth.apikey.Pepper;
import dev.portcullis.auth.jdbc.JDBCAPIKeyStore;
import dev.portcullis.auth.jdbc.Migrations;
import dev.portcullis.auth.jdbc.PostgreSQLChangeNotices;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

/**
 * A key in a PostgreSQL of which there is a copy, as a node has it that hears of changes, against the same key in memory:
 * from the header field to the caller. Hot: four keys again and again. Cold: any of 65,536, which miss the processor's
 * caches.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
public class CachedKeyBenchmark {

    private static final int KEYS = 65_536;
    private static final int HOT = 4;

    /** Which keys are shown. */
    @Param({"hot", "cold"})
    private String keys = "hot";

    /** Whether they are hashed with a secret. */
    @Param({"false", "true"})
    private boolean peppered;

    private BearerRequest[] requests;
    private APIKeyAuthentication inMemory;
    private APIKeyAuthentication cached;
    private CachedAPIKeyStore copies;
    private PostgreSQLChangeNotices notices;
    private HikariDataSource pool;
    private EmbeddedPostgres server;

    /** Issues keys, puts them into both, and shows each once. */
    @Setup(Level.Trial)
    public void setUp() throws IOException {
        KeyHashing hashing = hashing();
        InMemoryAPIKeyStore memory = new InMemoryAPIKeyStore();
        APIKeys issuer = APIKeys.builder().store(memory).hashing(hashing).build();
        List<APIKey> issued = new ArrayList<>();
        requests = new BearerRequest[keys.equals("hot") ? HOT : KEYS];
        for (int i = 0; i < KEYS; i++) {
            IssuedAPIKey key =
                    issuer.issue("user_" + i % 10_000, "key " + i, Environment.LIVE, Set.of("catalog:read"), null);
            issued.add(key.key());
            if (i < requests.length) {
                requests[i] = new BearerRequest(key.plaintext());
            }
        }
        setUpCopies(issued);
        inMemory = APIKeyAuthentication.builder().store(memory).hashing(hashing).build();
        cached = APIKeyAuthentication.builder().store(copies).hashing(hashing).build();
        for (BearerRequest request : requests) {
            checkLetIn(inMemory.authenticate(request));
            checkLetIn(cached.authenticate(request));
        }
    }

    private KeyHashing hashing() {
        if (!peppered) {
            return KeyHashing.plain();
        }
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return KeyHashing.keyed(Pepper.of(1, secret)).build();
    }

    private void setUpCopies(List<APIKey> issued) throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + server.getPort()
                + "/postgres?user=postgres&reWriteBatchedInserts=true");
        pool = new HikariDataSource(settings);
        Migrations.migrate(pool);
        JDBCAPIKeyStore store = JDBCAPIKeyStore.builder(pool).build();
        store.addAll(issued, new AuditNote(AuditAction.ISSUE, Actor.APPLICATION, Instant.now()));
        notices = PostgreSQLChangeNotices.builder(pool).build();
        copies = CachedAPIKeyStore.over(store).notices(notices).build();
    }

    private static void checkLetIn(Outcome outcome) {
        if (!(outcome instanceof Outcome.Authenticated)) {
            throw new IllegalStateException("The key is not let in");
        }
    }

    /** Closes everything, what was opened last first. */
    @TearDown(Level.Trial)
    public void tearDown() throws IOException {
        inMemory.close();
        cached.close();
        copies.close();
        notices.close();
        pool.close();
        server.close();
    }

    private BearerRequest any() {
        return requests[ThreadLocalRandom.current().nextInt(requests.length)];
    }

    /** From memory. */
    @Benchmark
    public Outcome inMemory() {
        return inMemory.authenticate(any());
    }

    /** From copies in front of the database. */
    @Benchmark
    public Outcome cached() {
        return cached.authenticate(any());
    }
}
