package dev.portcullis.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

final class RequestTargetTest {

    @Test
    void thePathBelowTheContextPathIsTheRoute() {
        assertThat(RequestTarget.path(sent("/app", "/app", "/app/health"))).isEqualTo("/health");
        assertThat(RequestTarget.path(sent("/app", "/app", "/app"))).isEqualTo("/");
        assertThat(RequestTarget.path(sent("", "", "/health"))).isEqualTo("/health");
    }

    @Test
    void anOddlySpelledContextPathIsNoRoute() {
        assertThat(RequestTarget.path(sent("/app", "/%61pp", "/%61pp/health"))).isNull();
        assertThat(RequestTarget.path(sent("/app", "/app", "/application"))).isNull();
        assertThat(RequestTarget.path(sent("/app", "/app;x=y", "/app;x=y/health")))
                .isNull();
    }

    /** A wrapper that puts something else around an oddly spelled request makes it no better. */
    @Test
    void aWrapperDoesNotMendAnOddlySpelledContextPath() {
        HttpServletRequest odd = sent("/app", "/%61pp", "/%61pp/health");
        assertThat(RequestTarget.path(new Prefixed(odd, "/proxy", "/proxy/health")))
                .isNull();
        assertThat(RequestTarget.path(new HttpServletRequestWrapper(odd))).isNull();
    }

    /**
     * What takes {@code X-Forwarded-Prefix} for the context path routes by what stands behind it. Otherwise a client
     * could put the path of an open route in front of any other.
     */
    @Test
    void aPrefixThatAFilterHasPutInFrontIsNoPartOfTheRoute() {
        HttpServletRequest sent = sent("", "", "/admin");
        assertThat(RequestTarget.path(new Prefixed(sent, "/health", "/health/admin")))
                .isEqualTo("/admin");
        assertThat(RequestTarget.path(new HttpServletRequestWrapper(new Prefixed(sent, "/a", "/a/admin"))))
                .isEqualTo("/admin");
        assertThat(RequestTarget.path(new Prefixed(sent, "/a", "/admin"))).isNull();
    }

    private static HttpServletRequest sent(String deployed, String context, String uri) {
        ClassLoader loader = RequestTargetTest.class.getClassLoader();
        Object servlets = Proxy.newProxyInstance(
                loader, new Class<?>[] {ServletContext.class}, (proxy, method, arguments) -> deployed);
        return (HttpServletRequest) Proxy.newProxyInstance(
                loader,
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getServletContext" -> servlets;
                    case "getContextPath" -> context;
                    case "getRequestURI" -> uri;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** As a filter for forwarded headers leaves a request. */
    private static final class Prefixed extends HttpServletRequestWrapper {

        private final String context;
        private final String uri;

        Prefixed(HttpServletRequest request, String context, String uri) {
            super(request);
            this.context = context;
            this.uri = uri;
        }

        @Override
        public String getContextPath() {
            return context;
        }

        @Override
        public String getRequestURI() {
            return uri;
        }
    }
}
