package dev.portcullis.auth.servlet.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.jwt.PublishedKeys;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FakeRequest;
import dev.portcullis.auth.servlet.FakeResponse;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.SigningKeyStore;
import dev.portcullis.auth.signature.SigningKeys;
import jakarta.servlet.Servlet;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the endpoints answer without a container. */
final class EndpointAnswersTest {

    private final APIKeys keys =
            APIKeys.builder().store(new InMemoryAPIKeyStore()).build();
    private final Servlet apiKeys = APIKeyServlet.builder(keys).build();
    private FakeResponse response = new FakeResponse();

    private String ask(Servlet servlet, FakeRequest request) throws Exception {
        response = new FakeResponse();
        servlet.service(request.get(), response.get());
        return response.status() + " " + response.body();
    }

    private static FakeRequest below(String path) {
        return FakeRequest.of("GET", "/").answering("getPathInfo", path);
    }

    private void assertRefused(Servlet servlet, String path, int status) throws Exception {
        assertThat(ask(servlet, below(path))).startsWith(status + " {\"detail\":");
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    /** They repeat what was sent, which a browser is not to take for a page. */
    @Test
    void refusalsAreNotToBeSniffedEither() throws Exception {
        assertRefused(apiKeys, "/", 401);
        assertRefused(apiKeys, "/a/b", 404);
        Servlet signingKeys = SigningKeyServlet.builder(
                        SigningKeys.builder()
                                .store(new InMemorySigningKeyStore())
                                .build(),
                        keys)
                .build();
        assertRefused(signingKeys, "/", 401);
        assertRefused(signingKeys, "/a/b", 404);
        Servlet leaks = LeakServlet.builder(keys, PublishedKeys.at(URI.create("http://127.0.0.1:1/")))
                .build();
        try {
            assertRefused(leaks, "/", 405);
            assertRefused(leaks, "/a", 404);
        } finally {
            leaks.destroy();
        }
    }

    /** Contract section 9. */
    @Test
    void aCallerIsToldAboutItself() throws Exception {
        Caller ann = Caller.of(CredentialKind.JWT, "ann", List.of(), Map.of());
        assertThat(ask(apiKeys, below("/self").holding(AuthenticationFilter.CALLER_ATTRIBUTE, ann)))
                .startsWith("200 {\"kind\":\"jwt\",")
                .contains("\"subject\":\"ann\"");
        assertThat(ask(apiKeys, below("/self"))).startsWith("401 ");
    }

    /** Whatever encoding a filter before it has set: RFC 8259 section 11 has no {@code charset}. */
    @Test
    void anAnswerHasNoCharset() throws Exception {
        FakeResponse answered = new FakeResponse();
        answered.get().setCharacterEncoding("ISO-8859-1");
        KeyAnswer.document(new byte[0]).writeTo(answered.get());
        assertThat(answered.header("charset")).isNull();
    }

    @Test
    void anAnswerShowsNothingOfItsBody() {
        assertThat(KeyAnswer.of(201, out -> out.writeString("secret"))).hasToString("KeyAnswer[201]");
    }

    @Test
    void aStoreOfSigningKeysThatCannotBeAskedIsNoFault() throws Exception {
        SigningKeyStore down = (SigningKeyStore) Proxy.newProxyInstance(
                EndpointAnswersTest.class.getClassLoader(),
                new Class<?>[] {SigningKeyStore.class},
                (proxy, method, arguments) -> {
                    throw new AuthUnavailableException(Reason.SIGNING_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(3));
                });
        Servlet signingKeys = SigningKeyServlet.builder(
                        SigningKeys.builder().store(down).build(), keys)
                .build();
        Caller ann = Caller.of(CredentialKind.JWT, "ann", List.of(), Map.of());
        assertThat(ask(signingKeys, below("/").holding(AuthenticationFilter.CALLER_ATTRIBUTE, ann)))
                .startsWith("503 ");
        assertThat(response.header("Retry-After")).isEqualTo("3");
    }

    @Test
    void whatNamesNoTokenIsNoneOfAReport() {
        byte[] body = "[{},{\"token\":\"\"},{\"token\":1},{\"token\":\"x\"}]".getBytes(StandardCharsets.UTF_8);
        assertThat(LeakReport.read(body))
                .isNotNull()
                .extracting(LeakReport::size)
                .isEqualTo(1);
    }
}
