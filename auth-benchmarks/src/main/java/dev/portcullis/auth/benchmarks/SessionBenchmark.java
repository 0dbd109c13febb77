package dev.portcullis.auth.benchmarks;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.InMemoryChangeNotices;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.session.InMemorySessionStore;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.LoginOutcome;
import dev.portcullis.auth.session.OpenedSession;
import dev.portcullis.auth.session.SessionAuthentication;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.session.Sessions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
 * A session that a key opened, which is judged together with that key, against a key by itself; all of them in memory. The
 * keys expire, so that both sides look at the clock.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class SessionBenchmark {

    private static final int KEYS = 100_000;
    private static final int LINE = 64;
    private static final int KEY_LENGTH = 57;
    private static final int COOKIE_LENGTH = 43;

    /** How many are used. */
    @Param({"4", "65536"})
    private int used = 4;

    /** The stores themselves, or copies in front of them, as in front of a database. */
    @Param({"memory", "copies"})
    private String from = "memory";

    /** As a container has just read them: a line of memory for each. */
    private byte[] keyTexts;

    private byte[] cookieTexts;
    private final InMemoryChangeNotices notices = new InMemoryChangeNotices();
    private @Nullable CachedAPIKeyStore cache;
    private APIKeyAuthentication keys;
    private SessionAuthentication sessions;

    /** What a client of a session sends; made for each call, as a container makes it. */
    private record CookieRequest(String cookie, String account) implements AuthRequest {

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public List<String> headers(String name) {
            return switch (name) {
                case "cookie" -> List.of(cookie);
                case "x-grvt-account-id" -> List.of(account);
                default -> List.of();
            };
        }
    }

    /** Issues keys, and opens a session with each. */
    @Setup(Level.Trial)
    public void setUp() {
        InMemoryAPIKeyStore keyStore = new InMemoryAPIKeyStore();
        InMemorySessionStore sessionStore = new InMemorySessionStore();
        APIKeys issuer = APIKeys.builder()
                .store(keyStore)
                .usualLifetime(Duration.ofDays(90))
                .build();
        boolean copies = from.equals("copies");
        keys = APIKeyAuthentication.builder()
                .store(copies ? copiesOf(keyStore) : keyStore)
                .build();
        Sessions opener = Sessions.builder()
                .store(sessionStore)
                .keys(keys)
                .limits(LoginLimits.none())
                .build();
        sessions = SessionAuthentication.builder()
                .store(copies ? copiesOf(sessionStore) : sessionStore)
                .keys(keys)
                .build();
        keyTexts = new byte[used * LINE];
        cookieTexts = new byte[used * LINE];
        for (int i = 0; i < KEYS; i++) {
            String plaintext = issuer.issue("user_" + i, "key " + i, Environment.LIVE, Set.of("catalog:read"), null)
                    .plaintext();
            LoginOutcome outcome = opener.login(SecretText.of(plaintext), new BearerRequest(plaintext));
            if (i < used) {
                OpenedSession opened = ((LoginOutcome.Opened) outcome).opened();
                put(plaintext, keyTexts, i);
                put(opened.cookieValue().reveal(), cookieTexts, i);
            }
        }
        if (!(session() instanceof Outcome.Authenticated)) {
            throw new IllegalStateException("The session is not let in");
        }
    }

    private APIKeyStore copiesOf(APIKeyStore store) {
        CachedAPIKeyStore near = CachedAPIKeyStore.over(store).notices(notices).build();
        cache = near;
        return near;
    }

    private SessionStore copiesOf(SessionStore store) {
        return CachedSessionStore.over(store).notices(notices).build();
    }

    private static void put(String text, byte[] texts, int index) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, texts, index * LINE, bytes.length);
    }

    private static String text(byte[] texts, int index, int length) {
        return new String(texts, index * LINE, length, StandardCharsets.ISO_8859_1);
    }

    /** Ends the recording of last uses. */
    @TearDown(Level.Trial)
    public void tearDown() {
        keys.close();
        if (cache != null) {
            cache.close();
        }
    }

    private int any() {
        return ThreadLocalRandom.current().nextInt(used);
    }

    /** A key by itself. */
    @Benchmark
    public Outcome key() {
        return keys.authenticate(new BearerRequest(text(keyTexts, any(), KEY_LENGTH)));
    }

    /** A session, and the key that opened it. */
    @Benchmark
    public Outcome session() {
        int i = any();
        return sessions.authenticate(new CookieRequest("gravity=" + text(cookieTexts, i, COOKIE_LENGTH), "user_" + i));
    }
}
