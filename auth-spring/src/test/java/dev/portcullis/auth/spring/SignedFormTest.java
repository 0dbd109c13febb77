package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.signature.SigningKeys;
import dev.portcullis.auth.testkit.RequestSigner;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Signed forms, of which Spring reads those of {@code PUT} and {@code PATCH} by a filter of its own. */
class SignedFormTest {

    private static final String FORM = "name=Premier+League&country=%C3%A4&country=b";

    /** What reads forms as Spring's applications do. */
    @RestController
    @EnableAutoConfiguration
    static class Forms {

        @RequestMapping("/forms")
        String read(Caller caller, HttpMethod method, @RequestParam String name, @RequestParam String[] country) {
            return method + " by " + caller.getName() + ": " + name + " " + String.join(",", country);
        }
    }

    private static HttpResponse<String> send(Running app, RequestSigner signer, String method, String body) {
        URI uri = app.uri("/forms?country=q");
        byte[] signed = FORM.getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder ask = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        signer.signMessage(method, uri.getAuthority(), "/forms?country=q", signed)
                .forEach(ask::header);
        return app.send(ask);
    }

    @ParameterizedTest
    @ValueSource(strings = {"security", "filters"})
    void a_signed_form_is_checked_as_it_was_sent_and_read_as_ever(String mode) {
        try (Running app = new Running(
                Forms.class,
                "portcullis.mode=" + mode,
                "portcullis.unnamed-routes=signed-in",
                "portcullis.signatures.store=memory",
                "portcullis.signatures.single-node=true",
                "portcullis.signatures.message-signatures=true")) {
            RequestSigner signer = RequestSigner.of(Ed25519SecretKey.generate());
            app.context()
                    .getBean(SigningKeys.class)
                    .register("desk", "key", signer.key().publicKey(), Set.of());
            for (String method : new String[] {"POST", "PUT", "PATCH"}) {
                assertThat(send(app, signer, method, FORM).body()).isEqualTo(method + " by desk: Premier League q,ä,b");
                HttpResponse<String> changed = send(app, signer, method, FORM + "&x=y");
                assertThat(changed.statusCode()).as(method).isEqualTo(401);
            }
        }
    }
}
