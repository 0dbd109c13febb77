package dev.portcullis.auth.servlet.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.KeyJudge;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FakeRequest;
import dev.portcullis.auth.servlet.FakeResponse;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.session.Sessions;
import jakarta.servlet.Servlet;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the endpoints of sessions answer where no filter has asked for a caller, and where their store cannot be asked. */
final class SessionEndpointsTest {

    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private final SessionStore down = (SessionStore) Proxy.newProxyInstance(
            SessionEndpointsTest.class.getClassLoader(), new Class<?>[] {SessionStore.class}, (proxy, method, args) -> {
                throw new AuthUnavailableException(Reason.SESSION_STORE_UNAVAILABLE, Duration.ofSeconds(3));
            });
    private final Sessions sessions =
            Sessions.builder().store(down).keys(KeyJudge.ofNoKeys()).build();
    private FakeResponse response = new FakeResponse();

    private String ask(Servlet servlet, String method, @Nullable CredentialKind kind, @Nullable String path)
            throws Exception {
        FakeRequest request = FakeRequest.of(method, "/").answering("getPathInfo", path);
        if (kind != null) {
            Caller caller = Caller.of(kind, "ann", List.of(), Map.of("session_id", ID.toString()));
            request.holding(AuthenticationFilter.CALLER_ATTRIBUTE, caller);
        }
        response = new FakeResponse();
        servlet.service(request.get(), response.get());
        return response.status() + " " + response.body();
    }

    private static final String NOBODY = "401 {\"detail\":\"Authentication credentials were not provided.\"}";
    private static final String KIND = "403 {\"detail\":\"This endpoint does not accept this kind of credential.\"}";
    private static final String DOWN = "503 {\"detail\":\"API key store is unavailable.\"}";
    private static final String METHOD = "405 {\"detail\":\"Method not allowed.\"}";

    @Test
    void sessionsAreListedAndEndedForCallersAlone() throws Exception {
        Servlet servlet = SessionServlet.builder(sessions).build();
        assertThat(ask(servlet, "GET", null, null)).isEqualTo(NOBODY);
        assertThat(ask(servlet, "GET", CredentialKind.JWT, "/")).isEqualTo(DOWN);
        assertThat(response.header("Retry-After")).isEqualTo("3");
        assertThat(ask(servlet, "DELETE", CredentialKind.JWT, "/" + ID + "/")).isEqualTo(DOWN);
        assertThat(ask(servlet, "DELETE", CredentialKind.JWT, "/x")).isEqualTo("404 {\"detail\":\"Not found.\"}");
        assertThat(ask(servlet, "DELETE", CredentialKind.JWT, "/1-1-1-1-1"))
                .isEqualTo("404 {\"detail\":\"Not found.\"}");
        assertThat(ask(servlet, "POST", CredentialKind.JWT, null)).isEqualTo(METHOD);
        assertThat(response.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(ask(servlet, "GET", CredentialKind.JWT, "/" + ID)).isEqualTo(METHOD);
        assertThat(response.header("Allow")).isEqualTo("DELETE");
    }

    @Test
    void logoutEndsASession() throws Exception {
        Servlet servlet = LogoutServlet.builder(sessions).build();
        assertThat(ask(servlet, "POST", null, null)).isEqualTo(NOBODY);
        assertThat(ask(servlet, "POST", CredentialKind.JWT, null)).isEqualTo(KIND);
        assertThat(ask(servlet, "POST", CredentialKind.SESSION, null)).isEqualTo(DOWN);
        assertThat(response.header("Set-Cookie")).isNull();
        assertThat(ask(servlet, "GET", CredentialKind.SESSION, null)).isEqualTo(METHOD);
        assertThat(response.header("Allow")).isEqualTo("POST");
    }

    @Test
    void aUserOpensASession() throws Exception {
        Servlet servlet = UserLoginServlet.builder(sessions, LoginType.WEB).build();
        assertThat(ask(servlet, "POST", null, null)).isEqualTo(NOBODY);
        assertThat(ask(servlet, "POST", CredentialKind.SESSION, null)).isEqualTo(KIND);
        assertThat(ask(servlet, "POST", CredentialKind.API_KEY, null)).isEqualTo(KIND);
        assertThat(ask(servlet, "POST", CredentialKind.JWT, null)).isEqualTo(DOWN);
        assertThat(response.header("Set-Cookie")).isNull();
        assertThat(ask(servlet, "PUT", CredentialKind.JWT, null)).isEqualTo(METHOD);
        assertThat(response.header("Allow")).isEqualTo("POST");
    }

    /** "503" of contract section 2, in the words of a login; the listener is told, and the log. */
    @Test
    void aLoginThatCannotBeJudgedIsNoFailure() throws Exception {
        KeyJudge judge = (KeyJudge) Proxy.newProxyInstance(
                SessionEndpointsTest.class.getClassLoader(), new Class<?>[] {KeyJudge.class}, (proxy, method, args) -> {
                    throw new AuthUnavailableException(
                            Reason.API_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(3), new IllegalStateException());
                });
        List<AuthEvent> told = new ArrayList<>();
        Servlet servlet = LoginServlet.builder(
                        Sessions.builder().store(down).keys(judge).build())
                .settings(FilterSettings.builder().listener(told::add).build())
                .build();
        Logger logger = (Logger) LoggerFactory.getLogger(AuthenticationFilter.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(lines);
        FakeRequest request = FakeRequest.of("POST", "/").with("Content-Type", "application/json");
        try {
            servlet.service(request.withBody("{\"api_key\":\"x\"}").get(), response.get());
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(null);
        }
        assertThat(response.status() + " " + response.body())
                .isEqualTo("503 {\"error\": \"API key store is unavailable.\", \"status\": \"failure\"}");
        assertThat(response.header("Retry-After")).isEqualTo("3");
        assertThat(told).extracting(AuthEvent::type).containsExactly(AuthEvent.Type.UNAVAILABLE);
        assertThat(lines.list).hasSize(1);
    }

    /** Whatever stood in the response before. */
    @Test
    void answersAreKeptByNobodyAndHaveNoCharset() throws Exception {
        response.get().setCharacterEncoding("ISO-8859-1");
        response.get().getOutputStream().write('x');
        SessionAnswer.write(response.get(), 200, "{}");
        assertThat(response.body()).isEqualTo("{}");
        assertThat(response.header("charset")).isNull();
        assertThat(response.header("Content-Length")).isEqualTo("2");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        response = new FakeResponse();
        SessionAnswer.empty(response.get());
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    }
}
