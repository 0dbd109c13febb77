package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.jwt.PublishedKeys;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.PermissionFilter;
import dev.portcullis.auth.servlet.keys.Leak;
import dev.portcullis.auth.servlet.keys.LeakServlet;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What secret-scanning partners report, in GitHub's form, to real servers. */
final class LeakTest {

    private static final Duration COOLDOWN = Duration.ofSeconds(30);

    /** Both containers. */
    @SuppressWarnings("ImmutableEnumChecker") // a reference to a constructor
    enum Kind {
        TOMCAT(TomcatServer::new),
        JETTY(JettyServer::new);

        private final Function<App[], Server> start;

        Kind(Function<App[], Server> start) {
            this.start = start;
        }
    }

    private final Scanner scanner = new Scanner();
    private final Queue<Leak> told = new ConcurrentLinkedQueue<>();
    private final AtomicLong ticks = new AtomicLong();
    private final List<Server> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Server::close);
        scanner.close();
    }

    private final class LeakApp implements App {

        private final APIKeys keys;

        LeakApp(APIKeyStore store) {
            keys = APIKeys.builder().store(store).build();
        }

        @Override
        public String contextPath() {
            return "";
        }

        @Override
        public void deploy(ServletContext context, Trust trust, Witness witness) {
            PermissionRules rules = PermissionRules.builder()
                    .rule("GET, POST", "/leaks/**", Requirement.anyone())
                    .build();
            Deployment.add(
                    context,
                    AuthenticationFilter.builder(new StubMethod()).build(),
                    PermissionFilter.builder(rules).build());
            PublishedKeys.Builder signers = PublishedKeys.at(scanner.address())
                    .unknownKeyCooldown(COOLDOWN)
                    .ticker(ticks::get);
            LeakServlet servlet = LeakServlet.builder(keys, signers)
                    .finder("github")
                    .listener(leak -> {
                        told.add(leak);
                        throw new IllegalStateException("a listener that fails");
                    })
                    .build();
            context.addServlet("leaks", servlet).addMapping("/leaks/*");
        }

        @Nullable
        Instant revocationOf(IssuedAPIKey key) {
            return Objects.requireNonNull(keys.get(key.key().id())).revokedAt();
        }

        IssuedAPIKey issue() {
            return keys.issue("user_1", "a", Environment.LIVE, List.of(), null);
        }
    }

    private Wire serve(Kind kind, LeakApp app) {
        Server server = kind.start.apply(new App[] {app});
        started.add(server);
        return server.wire(app);
    }

    private LeakApp app() {
        return new LeakApp(new InMemoryAPIKeyStore());
    }

    private static String entry(String token) {
        return "{\"token\":\"" + token
                + "\",\"type\":\"portcullis_key\",\"url\":\"https://example.com/a\",\"source\":\"commit\"}";
    }

    private static String verdict(String token, String label) {
        String hash = HexFormat.of().formatHex(SHA256.of(SecretText.of(token)).toBytes());
        return "{\"token_hash\":\"" + hash + "\",\"token_type\":\"portcullis_key\",\"label\":\"" + label + "\"}";
    }

    @ParameterizedTest
    @EnumSource
    void what_is_real_is_revoked_and_told(Kind kind) {
        LeakApp app = app();
        Wire wire = serve(kind, app);
        IssuedAPIKey key = app.issue();
        String made = "grd_live_" + "0".repeat(48);
        Answer answer = wire.send(scanner.report("[" + entry(key.plaintext()) + "," + entry(made) + "," + entry("ghp_x")
                + "," + entry(key.plaintext()) + "]"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("[" + verdict(key.plaintext(), "true_positive") + "," + verdict(made, "false_positive") + ","
                        + verdict("ghp_x", "false_positive") + "," + verdict(key.plaintext(), "true_positive") + "]");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(app.revocationOf(key)).isNotNull();
        assertThat(told).hasSize(2).allSatisfy(leak -> {
            assertThat(leak.key().id()).isEqualTo(key.key().id());
            assertThat(leak.url()).isEqualTo("https://example.com/a");
            assertThat(leak.source()).isEqualTo("commit");
            assertThat(leak.toString()).doesNotContain(key.plaintext());
        });
        var record = app.keys.audit(Long.MAX_VALUE, 1).get(0);
        assertThat(record.action()).isEqualTo(AuditAction.LEAK_REVOCATION);
        assertThat(record.by().subject()).isEqualTo("github");
        assertThat(record.by().from()).isEqualTo("127.0.0.1");
    }

    /** "checks the signature before anything else". */
    @ParameterizedTest
    @EnumSource
    void nothing_happens_without_a_good_signature(Kind kind) {
        LeakApp app = app();
        Wire wire = serve(kind, app);
        IssuedAPIKey key = app.issue();
        String body = "[" + entry(key.plaintext()) + "]";
        Ask good = scanner.report(body);
        List<Ask> bad = List.of(
                Scanner.unsigned(body),
                Scanner.unsigned("not even JSON"),
                Scanner.unsigned(body).with("Github-Public-Key-Identifier", "first"),
                Scanner.unsigned(body)
                        .with("Github-Public-Key-Identifier", "first")
                        .with("Github-Public-Key-Signature", "AAAA"),
                good.with("Github-Public-Key-Identifier", "first"),
                good.with("Github-Public-Key-Signature", "AAAA"),
                scanner.forged(body, body + " "),
                scanner.forged("[]", body),
                scanner.reportBySecondKey(body));
        for (Ask ask : bad) {
            KeyBox.assertDetail(wire.send(ask), 403, "Invalid signature.");
        }
        assertThat(app.revocationOf(key)).isNull();
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_signed_report_that_is_none_is_400(Kind kind) {
        Wire wire = serve(kind, app());
        for (String body : List.of("", "{}", "[1]", "[[]]", "[{}", "[{}] x", "null", "\"grd_live_\"")) {
            KeyBox.assertDetail(wire.send(scanner.report(body)), 400, "The body must be a JSON array of objects.");
        }
    }

    /** What names no token is passed over; it must not keep the others from being revoked. */
    @ParameterizedTest
    @EnumSource
    void one_odd_entry_spoils_no_others(Kind kind) {
        LeakApp app = app();
        Wire wire = serve(kind, app);
        IssuedAPIKey key = app.issue();
        Answer answer =
                wire.send(scanner.report("[{},{\"token\":7,\"type\":[]},{\"token\":\"\\ud800\",\"type\":\"\\udc00\"},"
                        + "{\"token\":\"" + key.plaintext() + "\"}]"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("false_positive", "\"token_type\":\"\",\"label\":\"true_positive\"");
        assertThat(app.revocationOf(key)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void a_report_is_bounded(Kind kind) {
        Wire wire = serve(kind, app());
        KeyBox.assertDetail(
                wire.send(scanner.report("[" + " ".repeat(1024 * 1024) + "]")), 413, "The body is too large.");
        String many = entry("x");
        KeyBox.assertDetail(
                wire.send(scanner.report("[" + "{\"token\":\"x\"},".repeat(10_000) + many + "]")),
                413,
                "The body is too large.");
        assertThat(wire.send(scanner.report("[" + "{\"token\":\"x\"},".repeat(9_999) + many + "]"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void only_post_is_there(Kind kind) {
        Wire wire = serve(kind, app());
        Answer answer = wire.send(Ask.get("/leaks"));
        KeyBox.assertDetail(answer, 405, "Method not allowed.");
        assertThat(answer.header("Allow")).isEqualTo("POST");
        KeyBox.assertDetail(wire.send(Ask.get("/leaks/more")), 404, "Not found.");
    }

    /** An unknown name costs at most one fetch in a cool-down. */
    @ParameterizedTest
    @EnumSource
    void a_new_key_is_fetched_once_in_a_while(Kind kind) {
        Wire wire = serve(kind, app());
        assertThat(wire.send(scanner.report("[]")).body()).isEqualTo("[]");
        int before = scanner.fetches();
        scanner.rotate();
        assertThat(wire.send(scanner.reportBySecondKey("[]")).status()).isEqualTo(200);
        for (int i = 0; i < 20; i++) {
            Ask unknown = Scanner.unsigned("[]")
                    .with("Github-Public-Key-Identifier", "unknown " + i)
                    .with("Github-Public-Key-Signature", "AAAA");
            assertThat(wire.send(unknown).status()).isEqualTo(403);
        }
        assertThat(scanner.fetches()).isEqualTo(before + 1);
        KeyBox.assertDetail(wire.send(scanner.report("[]")), 403, "Invalid signature.");
    }

    @ParameterizedTest
    @EnumSource
    void what_cannot_be_asked_is_503(Kind kind) {
        LeakApp broken = new LeakApp(new UnreachableStore());
        Wire wire = serve(kind, broken);
        Answer store = wire.send(scanner.report("[" + entry("grd_live_" + "0".repeat(48)) + "]"));
        KeyBox.assertDetail(store, 503, "API key store is unavailable.");
        assertThat(store.header("Retry-After")).isEqualTo("2");

        scanner.goDown();
        int before = scanner.fetches();
        Wire cold = serve(kind, app());
        await().until(() -> scanner.fetches() > before);
        Answer keys = cold.send(scanner.report("[]"));
        KeyBox.assertDetail(keys, 503, "Signing keys are unavailable.");
        assertThat(keys.header("Retry-After")).isNotNull();
    }
}
