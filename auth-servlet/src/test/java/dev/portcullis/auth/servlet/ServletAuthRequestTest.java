package dev.portcullis.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.session.InMemorySessionStore;
import dev.portcullis.auth.session.SessionAuthentication;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What decisions see of a servlet request. */
final class ServletAuthRequestTest {

    private final List<String> asked = new ArrayList<>();

    /** RFC 9110 section 4.2.3: the port that a scheme has by itself is not told. */
    @ParameterizedTest
    @CsvSource({
        "false, a.example,      a.example",
        "false, a.example:80,   a.example",
        "false, a.example:443,  a.example:443",
        "true,  a.example:443,  a.example",
        "true,  a.example:80,   a.example:80",
        "false, a.example:8080, a.example:8080"
    })
    void theAuthorityIsWhatTheHostFieldSays(boolean secure, String host, String authority) {
        FakeRequest request = FakeRequest.of("GET", "/").with("Host", host).answering("isSecure", secure);

        assertThat(new ServletAuthRequest(request.get()).authority()).isEqualTo(authority);
    }

    /** HTTP/2 has no such field if the client has sent {@code :authority}. */
    @ParameterizedTest
    @CsvSource({"false, 80, a.example", "false, 443, a.example:443", "true, 443, a.example", "true, 80, a.example:80"})
    void withoutAHostFieldTheContainerKnows(boolean secure, int port, String authority) {
        HttpServletRequest request = FakeRequest.of("GET", "/")
                .answering("isSecure", secure)
                .answering("getServerName", "a.example")
                .answering("getServerPort", port)
                .get();

        assertThat(new ServletAuthRequest(request).authority()).isEqualTo(authority);
        assertThat(new ServletAuthRequest(request).host()).isEqualTo("a.example");
    }

    @Test
    void whereItComesFromIsToldByTheContainerAlone() {
        HttpServletRequest received = FakeRequest.of("GET", "/a")
                .answering("getQueryString", "x=1")
                .with("X-Forwarded-For", "198.51.100.1")
                .with("Cookie", "a=1")
                .get();
        ServletAuthRequest request = new ServletAuthRequest(new Believing(received));

        assertThat(request.remoteAddress()).isEqualTo("192.0.2.1");
        assertThat(request.headers("x-forwarded-for")).containsExactly("198.51.100.1");
        assertThat(request.headers("forwarded")).isEmpty();
        assertThat(request.headers("cookie")).containsExactly("believed");
        assertThat(request.target()).isEqualTo("/a?x=1");
        assertThat(request.query()).isEqualTo("believed");
        assertThat(new ServletAuthRequest(FakeRequest.of("GET", "/b").get()).target())
                .isEqualTo("/b");
    }

    @Test
    void allValuesOfAHeaderAreSeenInTheirOrder() {
        FakeRequest request =
                FakeRequest.of("GET", "/").with("A", "1").with("A", "2").with("A", "3");
        assertThat(new ServletAuthRequest(request.get()).headers("a")).containsExactly("1", "2", "3");
        assertThat(new ServletAuthRequest(request.get()).headers("b")).isEmpty();
        assertThat(new ServletAuthRequest(new HttpServletRequestWrapper(request.get()) {
                            @Override
                            public @Nullable Enumeration<String> getHeaders(String name) {
                                return null; // Servlet 6.1 allows a container to tell none
                            }
                        })
                        .headers("a"))
                .isEmpty();
    }

    /** A container looks through all headers each time, and each method asks for the same ones. */
    @Test
    void credentialsAreTakenFromTheHeadersOnceForAllMethods() {
        try (APIKeyAuthentication keys =
                APIKeyAuthentication.builder().store(new InMemoryAPIKeyStore()).build()) {
            AuthenticationMethod sessions = SessionAuthentication.builder()
                    .store(new InMemorySessionStore())
                    .keys(keys)
                    .build();
            AuthenticationMethod method = AuthenticationMethod.firstOf(keys, sessions, sessions);

            assertThat(method.authenticate(request())).isEqualTo(Outcome.notApplicable());
        }
        assertThat(asked).containsExactly("authorization", "x-api-key");
    }

    private AuthRequest request() {
        return new ServletAuthRequest((HttpServletRequest) Proxy.newProxyInstance(
                ServletAuthRequestTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> {
                    asked.add((String) arguments[0]);
                    return Collections.enumeration(
                            arguments[0].equals("authorization") ? List.of("Bearer token") : List.of());
                }));
    }

    /** As a filter leaves a request that believes whatever a client says. */
    private static final class Believing extends HttpServletRequestWrapper {

        Believing(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRemoteAddr() {
            return "127.0.0.1";
        }

        @Override
        public String getRequestURI() {
            return "/believed";
        }

        @Override
        public String getQueryString() {
            return "believed";
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return Collections.enumeration(List.of("believed"));
        }
    }
}
