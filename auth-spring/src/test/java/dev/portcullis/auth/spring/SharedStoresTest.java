package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.signature.SigningKeys;
import dev.portcullis.auth.testkit.RequestSigner;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Two instances of one application that share a PostgreSQL and a Redis, by properties alone. */
class SharedStoresTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);
    private static final String ORDER = "{\"size\":1}";

    @TempDir
    private static Path directory;

    private static @Nullable EmbeddedPostgres postgres;
    private static @Nullable RedisProcess redis;
    private static @Nullable Running one;
    private static @Nullable Running other;

    /** What answers. */
    @RestController
    @EnableAutoConfiguration
    static class Application {

        @GetMapping("/me")
        String me(Caller caller) {
            return caller.getName();
        }

        @PostMapping("/orders")
        String order(Caller caller) {
            return "ordered by " + caller.getName();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        redis = new RedisProcess(directory);
        one = instance("redis", "jdbc");
        other = instance("redis", "jdbc");
    }

    private static Running instance(String sessions, String accounts) {
        return new Running(
                Application.class,
                "spring.autoconfigure.exclude=",
                "spring.datasource.url=" + Objects.requireNonNull(postgres).getJdbcUrl("postgres", "postgres"),
                "portcullis.redis.url=" + redis().url(),
                "portcullis.redis.command-timeout=200ms",
                "portcullis.api-keys.migrate=true",
                "portcullis.sessions.enabled=true",
                "portcullis.sessions.store=" + sessions,
                "portcullis.sessions.limits.store=redis",
                "portcullis.sessions.limits.per-key=3",
                "portcullis.accounts.store=" + accounts,
                "portcullis.signatures.store=jdbc",
                "portcullis.signatures.replay-memory=redis",
                "portcullis.rules[0].path=/me",
                "portcullis.rules[0].signed-in=true",
                "portcullis.rules[1].path=/orders",
                "portcullis.rules[1].signed-in=true");
    }

    @AfterAll
    static void stop() throws IOException {
        other().close();
        one().close();
        redis().close();
        Objects.requireNonNull(postgres).close();
    }

    private static RedisProcess redis() {
        return Objects.requireNonNull(redis);
    }

    private static Running one() {
        return Objects.requireNonNull(one);
    }

    private static Running other() {
        return Objects.requireNonNull(other);
    }

    private static String key(String account) {
        return one().context()
                .getBean(APIKeys.class)
                .issue(account, "CI", Environment.LIVE, List.of(), null)
                .plaintext();
    }

    private static HttpResponse<String> login(Running at, String key) {
        return at.send(HttpRequest.newBuilder(at.uri("/auth/api_key/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"api_key\":\"" + key + "\"}")));
    }

    /** What a client sends from then on. */
    private static String[] session(HttpResponse<String> login) {
        assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        return new String[] {
            "Cookie",
            cookie.substring(0, cookie.indexOf(';')),
            "X-Grvt-Account-Id",
            login.headers().firstValue("X-Grvt-Account-Id").orElseThrow()
        };
    }

    private static HttpResponse<String> me(Running at, String... headers) {
        return at.send(HttpRequest.newBuilder(at.uri("/me")).headers(headers));
    }

    private static String[] bearer(String credential) {
        return new String[] {"Authorization", "Bearer " + credential};
    }

    private static HttpRequest.Builder signed(Running at, RequestSigner signer, String method, String path) {
        byte[] body = method.equals("POST") ? ORDER.getBytes(StandardCharsets.UTF_8) : new byte[0];
        HttpRequest.Builder ask = HttpRequest.newBuilder(at.uri(path)).header("Content-Type", "application/json");
        if (body.length == 0) {
            ask.GET();
        } else {
            ask.POST(HttpRequest.BodyPublishers.ofByteArray(body));
        }
        signer.sign(method, path, body).forEach(ask::header);
        return ask;
    }

    private static RequestSigner signer(String account) {
        RequestSigner signer = RequestSigner.of(Ed25519SecretKey.generate());
        one().context()
                .getBean(SigningKeys.class)
                .register(account, "desk", signer.key().publicKey(), Set.of());
        return signer;
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void a_session_of_one_instance_is_one_of_the_other_until_either_ends_it() {
        assertShared(one(), other());
    }

    /** Sessions in the database, and accounts in Redis. */
    @Test
    void so_it_is_where_each_is_kept_in_the_other_place() {
        try (Running third = instance("jdbc", "redis");
                Running fourth = instance("jdbc", "redis")) {
            assertShared(third, fourth);
            assertStandingIsShared("user_6", third, fourth);
        }
    }

    private static void assertShared(Running here, Running there) {
        String[] session = session(login(here, key("user_1")));
        assertThat(me(here, session).body()).isEqualTo("user_1");
        assertThat(me(there, session).body()).isEqualTo("user_1");
        HttpResponse<String> logout = there.send(HttpRequest.newBuilder(there.uri("/auth/logout"))
                .headers(session)
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(logout.statusCode()).isEqualTo(204);
        assertThat(me(there, session).body()).isEqualTo("{\"detail\":\"Invalid session.\"}");
        await().atMost(LONG_ENOUGH).until(() -> me(here, session).statusCode() == 401);
    }

    @Test
    void an_account_that_is_suspended_on_one_instance_is_so_on_the_other() {
        assertStandingIsShared("user_2", one(), other());
    }

    private static void assertStandingIsShared(String account, Running here, Running there) {
        String key = key(account);
        assertThat(me(there, bearer(key)).body()).isEqualTo(account);
        AccountStore accounts = here.context().getBean(AccountStore.class);
        accounts.suspend(account, true);
        await().atMost(LONG_ENOUGH)
                .until(() -> me(there, bearer(key)).body().equals("{\"detail\":\"Account is suspended.\"}"));
        accounts.suspend(account, false);
        await().atMost(LONG_ENOUGH).until(() -> me(there, bearer(key)).statusCode() == 200);
    }

    @Test
    void logins_are_counted_together() {
        String key = key("user_3");
        session(login(one(), key));
        session(login(other(), key));
        session(login(one(), key));
        for (Running at : List.of(one(), other())) {
            HttpResponse<String> answer = login(at, key);
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void a_request_that_one_instance_has_let_in_is_refused_by_the_other() {
        RequestSigner signer = signer("user_4");
        HttpRequest.Builder order = signed(one(), signer, "POST", "/orders");
        assertThat(one().send(order).body()).isEqualTo("ordered by user_4");
        HttpRequest.Builder again = order.copy().uri(other().uri("/orders"));
        assertThat(other().send(again).body()).isEqualTo("{\"detail\":\"Request signature was already used.\"}");
        assertThat(other().send(signed(other(), signer, "GET", "/me")).body()).isEqualTo("user_4");
    }

    @Test
    void without_redis_all_goes_on_that_does_not_need_it_and_the_rest_comes_back_by_itself() throws IOException {
        String key = key("user_5");
        RequestSigner signer = signer("user_5");
        String[] session = session(login(one(), key));
        assertThat(me(one(), session).body()).isEqualTo("user_5");
        redis().end();
        try {
            await().atMost(LONG_ENOUGH).until(() -> me(one(), session).statusCode() == 503);
            assertUnavailable(me(one(), session));
            assertUnavailable(me(other(), session));
            assertUnavailable(login(one(), key));
            assertUnavailable(one().send(signed(one(), signer, "POST", "/orders")));
            assertThat(me(one(), bearer(key)).body()).isEqualTo("user_5");
            assertThat(me(one(), bearer(one().token())).body()).isEqualTo("user_1");
            assertThat(one().send(signed(one(), signer, "GET", "/me")).body()).isEqualTo("user_5");
        } finally {
            redis().startAgain();
        }
        await().atMost(LONG_ENOUGH).until(() -> me(one(), session).statusCode() == 200);
        await().atMost(LONG_ENOUGH)
                .until(() ->
                        other().send(signed(other(), signer, "POST", "/orders")).statusCode() == 200);
        assertThat(me(other(), session).body()).isEqualTo("user_5");
    }
}
