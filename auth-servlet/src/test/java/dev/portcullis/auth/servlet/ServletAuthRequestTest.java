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
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServletAuthRequestTest {

    private final List<String> asked = new ArrayList<>();

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
}
