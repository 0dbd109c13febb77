package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.jwt.PublishedKeys;
import dev.portcullis.auth.servlet.keys.LeakServlet;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;

/**
 * A report of leaked keys: the method, the path, and the names and signature to send in place of the right ones unless they
 * are empty, each in a line; then the body, which is signed whatever it is. Keys are revoked that stand in a report that is
 * signed, and no others.
 */
public final class LeakFuzz {

    private static final Set<Integer> STATUSES = Set.of(200, 400, 403, 404, 405, 413);
    private static final Map<String, String> TEXTS =
            Map.of("key 1", Keys.LIVE, "key 2", Keys.TEST, "key 3", Keys.REVOKED, "key 4", Keys.EXPIRED);
    private static final Set<String> LABELS = Set.of("true_positive", "false_positive");
    private static final int OK = 200;
    private static final int HEAD = 4;
    private static final int MOST = 10;

    private static final KeyPair SCANNER = scanner();
    private static final AtomicReference<InMemoryAPIKeyStore> STORE = new AtomicReference<>(Keys.store());
    private static final LeakServlet SERVLET = servlet();

    private LeakFuzz() {}

    private static KeyPair scanner() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec("secp256r1"));
            return keys.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks the store of the moment, so that the partner's keys need to be fetched once only. */
    private static APIKeyStore current() {
        return (APIKeyStore) Proxy.newProxyInstance(
                LeakFuzz.class.getClassLoader(), new Class<?>[] {APIKeyStore.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(STORE.get(), arguments);
                    } catch (InvocationTargetException e) {
                        throw Objects.requireNonNullElse(e.getCause(), e);
                    }
                });
    }

    private static LeakServlet servlet() {
        String pem = Base64.getEncoder().encodeToString(SCANNER.getPublic().getEncoded());
        try (TokenIssuer server = TokenIssuer.start()) {
            server.publish("{\"public_keys\":[{\"key_identifier\":\"k\",\"key\":\"-----BEGIN PUBLIC KEY-----\\n" + pem
                    + "\\n-----END PUBLIC KEY-----\"}]}");
            // A lambda of this class would have the fetch wait for this class, which waits for the fetch.
            PublishedKeys.Builder signers = PublishedKeys.at(server.jwks())
                    .ticker(Tokens.NO_TIME_PASSES)
                    .fetchTimeout(Duration.ofMinutes(1));
            APIKeys keys =
                    APIKeys.builder().store(current()).clock(Tokens.CLOCK).build();
            LeakServlet servlet = LeakServlet.builder(keys, signers).build();
            for (String name : List.of("k", "x")) {
                send(servlet, request("POST\n\n" + name + "\n\n[]"));
            }
            return servlet;
        }
    }

    private static MockHttpServletRequest request(String text) {
        return request(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    private static MockHttpServletRequest request(byte[] bytes) {
        List<String> lines = Input.lines(bytes);
        MockHttpServletRequest request = new MockHttpServletRequest(Input.line(lines, 0), "/");
        request.setPathInfo(Input.line(lines, 1).isEmpty() ? null : Input.line(lines, 1));
        request.addHeader("GitHub-Public-Key-Identifier", Input.line(lines, 2).isEmpty() ? "k" : Input.line(lines, 2));
        byte[] body = Input.after(bytes, HEAD);
        request.addHeader(
                "GitHub-Public-Key-Signature", Input.line(lines, 3).isEmpty() ? sign(body) : Input.line(lines, 3));
        request.setContent(body);
        return request;
    }

    private static String sign(byte[] body) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(SCANNER.getPrivate());
            signature.update(body);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MockHttpServletResponse send(LeakServlet servlet, MockHttpServletRequest request) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        try {
            servlet.service(request, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (jakarta.servlet.ServletException e) {
            throw new IllegalStateException(e);
        }
        return response;
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Bounds.isLetIn(bytes, LeakFuzz::isLetIn);
    }

    /** Whether it is taken for a report; throws if that, or what comes of it, is not as it must be. */
    static boolean isLetIn(byte[] bytes) {
        InMemoryAPIKeyStore store = Keys.store();
        List<APIKey> before = store.list(null, null, MOST);
        STORE.set(store);
        Calls.Answer answer = Calls.answer(send(SERVLET, request(bytes)), STATUSES);
        List<APIKey> after = store.list(null, null, MOST);
        JsonNode report = Calls.json(Input.after(bytes, HEAD));
        List<String> lines = Input.lines(bytes);
        if (answer.status() != OK) {
            Input.require(after.equals(before), "it is no report, and yet something has changed");
            return false;
        }
        Input.require(Input.line(lines, 0).equals("POST"), "another method reports");
        Input.require(Set.of("", "k").contains(Input.line(lines, 2)), "another key has signed");
        Input.require(Input.line(lines, 3).isEmpty(), "another signature is taken");
        for (JsonNode found : answer.json().values()) {
            Input.require(LABELS.contains(found.path("label").stringValue("")), "a label");
            Input.require(found.path("token_hash").stringValue("").matches("[0-9a-f]{64}"), "a hash");
        }
        isRevokedWhatIsReported(report, before, after);
        return true;
    }

    /** Where another parser reads the report too, with no member twice. */
    private static void isRevokedWhatIsReported(@Nullable JsonNode report, List<APIKey> before, List<APIKey> after) {
        if (report == null) {
            return;
        }
        Input.require(report.isArray(), "a report is no array");
        List<String> reported = report.valueStream()
                .map(each -> each.path("token").stringValue(""))
                .toList();
        for (int i = 0; i < before.size(); i++) {
            boolean revoked = before.get(i).revokedAt() != null
                    || reported.contains(TEXTS.get(before.get(i).name()));
            Input.require((after.get(i).revokedAt() != null) == revoked, "another key is revoked than is reported");
        }
    }
}
