package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.Contexts.RULES;
import static dev.portcullis.auth.spring.Contexts.runner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.signature.InMemoryReplayMemory;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.ReplayMemory;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import dev.portcullis.auth.signature.SigningKeyStore;
import dev.portcullis.auth.signature.SigningKeys;
import dev.portcullis.auth.testkit.RequestSigner;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What stands under {@code portcullis.signatures}. */
class SignatureSettingsTest {

    private static final String[] SIGNED = {
        "portcullis.signatures.store=memory", "portcullis.signatures.single-node=true", RULES
    };

    @RestController
    @EnableAutoConfiguration
    static class Orders {

        @PostMapping("/v1/orders")
        String order(Caller caller, @RequestBody String body) {
            return caller.subject() + " " + body;
        }
    }

    private static WebApplicationContextRunner signing(String... properties) {
        return runner().withPropertyValues(properties);
    }

    @Test
    void properties_alone_let_users_register_keys_and_sign_requests() {
        try (Running running = new Running(
                Orders.class,
                "portcullis.unnamed-routes=nobody",
                "portcullis.rules[0].path=/v1/**",
                "portcullis.rules[0].signed-in=true",
                "portcullis.rules[0].kinds=signature",
                "portcullis.api-keys.store=memory",
                "portcullis.signatures.store=memory",
                "portcullis.signatures.single-node=true",
                "portcullis.signatures.header-prefix=x-desk",
                "portcullis.signatures.management.enabled=true")) {
            RequestSigner signer = RequestSigner.of(Ed25519SecretKey.generate()).headerPrefix("x-desk");
            String key =
                    Base64.getEncoder().encodeToString(signer.key().publicKey().encoded());
            HttpResponse<String> registered = running.send(HttpRequest.newBuilder(running.uri("/api/v1/signing-keys"))
                    .header("Authorization", "Bearer " + running.token())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"desk\",\"public_key\":\"" + key + "\"}")));
            assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);

            String body = "{\"size\":1}";
            HttpRequest.Builder order = HttpRequest.newBuilder(running.uri("/v1/orders"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            signer.sign("POST", "/v1/orders", body.getBytes(StandardCharsets.UTF_8))
                    .forEach(order::header);
            HttpResponse<String> answer = running.send(order);
            assertThat(answer.body()).isEqualTo("user_1 " + body);
            assertThat(running.send(order).body()).isEqualTo("{\"detail\":\"Request signature was already used.\"}");
            assertThat(running.get("/v1/orders", List.of()).statusCode()).isEqualTo(403);
            URI document = running.uri("/api/v1/signing-keys/openapi.json");
            assertThat(running.send(HttpRequest.newBuilder(document)).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void nothing_is_there_without_a_store() {
        signing(RULES, "portcullis.api-keys.store=memory")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(SignedRequestAuthentication.class)
                        .doesNotHaveBean(SigningKeys.class));
        signing(SIGNED)
                .withPropertyValues("portcullis.signatures.enabled=false", "portcullis.api-keys.store=memory")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SignedRequestAuthentication.class));
        signing(SIGNED).run(context -> assertThat(context).hasNotFailed().hasSingleBean(SigningKeys.class));
    }

    /** Two nodes must never both let in one request, so that what is remembered where must be said. */
    @Test
    void a_memory_of_one_node_must_be_asked_for() {
        signing(RULES, "portcullis.signatures.store=memory")
                .run(context -> Contexts.assertFailed(
                        context, "portcullis.signatures.single-node", "several nodes", "ReplayMemory"));
        signing(RULES, "portcullis.signatures.store=memory")
                .withBean(ReplayMemory.class, InMemoryReplayMemory::new)
                .run(context -> assertThat(context).hasNotFailed());
        signing(RULES, "portcullis.signatures.store=memory", "portcullis.signatures.replay-protection=off")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @CsvSource({
        "portcullis.signatures.window, 10m",
        "portcullis.signatures.header-prefix, X-Desk",
        "portcullis.signatures.maximum-body, 0B",
        "portcullis.signatures.maximum-keys, 0"
    })
    void what_is_out_of_range_stops_the_start(String property, String value) {
        signing(SIGNED)
                .withPropertyValues(property + "=" + value)
                .run(context -> Contexts.assertFailed(context, property, "is not as it must be", "Correct"));
    }

    @Test
    void contradictions_stop_the_start() {
        String memory = "portcullis.signatures.replay-memory=memory";
        String off = "portcullis.signatures.replay-protection=off";
        signing(SIGNED)
                .withPropertyValues(off)
                .run(context -> Contexts.assertFailed(
                        context, "portcullis.signatures.single-node", "nothing is remembered", "Remove one"));
        signing(RULES, SIGNED[0], memory, off)
                .run(context -> Contexts.assertFailed(
                        context, "portcullis.signatures.replay-memory", "nothing is remembered", "Remove one"));
        signing(RULES, SIGNED[0], memory)
                .run(context -> Contexts.assertFailed(
                        context, "portcullis.signatures.single-node", "several nodes", "replay-memory=redis"));
        signing(SIGNED)
                .withPropertyValues(memory)
                .run(context -> assertThat(context).hasNotFailed());
        signing(SIGNED)
                .withBean(ReplayMemory.class, InMemoryReplayMemory::new)
                .run(context -> Contexts.assertFailed(
                        context, "portcullis.signatures.single-node", "another memory", "ReplayMemory bean"));
        signing(RULES, SIGNED[0], "portcullis.signatures.replay-memory=redis")
                .withBean(ReplayMemory.class, InMemoryReplayMemory::new)
                .run(context -> Contexts.assertFailed(
                        context,
                        "portcullis.signatures.replay-memory",
                        "a ReplayMemory bean of its own",
                        "Remove one"));
        signing(RULES, SIGNED[0], memory)
                .withBean(ReplayMemory.class, InMemoryReplayMemory::new)
                .run(context -> Contexts.assertFailed(
                        context, "portcullis.signatures.replay-memory", "another memory", "ReplayMemory bean"));
    }

    @Test
    void settings_that_nothing_reads_stop_the_start() {
        signing(RULES, "portcullis.api-keys.store=memory", "portcullis.signatures.window=10s")
                .run(context -> Contexts.assertFailed(
                        context, "portcullis.signatures", "no store of signing keys", "SigningKeyStore bean"));
        signing(SIGNED)
                .withPropertyValues("portcullis.signatures.management.enabled=true")
                .run(context -> Contexts.assertFailed(
                        context,
                        "portcullis.signatures.management.enabled",
                        "no API keys",
                        "portcullis.api-keys.store"));
        SigningKeyStore store = new InMemorySigningKeyStore();
        signing(SIGNED)
                .withBean(SigningKeyStore.class, () -> store)
                .run(context -> Contexts.assertFailed(
                        context, "portcullis.signatures.store", "a SigningKeyStore bean of its own", "Remove one"));
        SigningKeys keys = SigningKeys.builder().store(store).build();
        signing(SIGNED)
                .withPropertyValues("portcullis.signatures.maximum-keys=5")
                .withBean(SigningKeys.class, () -> keys)
                .run(context -> Contexts.assertFailed(
                        context, "portcullis.signatures.maximum-keys", "a SigningKeys bean of its own", "Remove one"));
        SignedRequestAuthentication signed = SignedRequestAuthentication.builder()
                .store(store)
                .replayMemory(new InMemoryReplayMemory())
                .build();
        for (String property :
                List.of("header-prefix=x-a", "window=10s", "maximum-body=1KB", "message-signatures=true")) {
            signing(RULES, SIGNED[0], "portcullis.signatures." + property)
                    .withBean(SignedRequestAuthentication.class, () -> signed)
                    .run(context -> Contexts.assertFailed(
                            context,
                            "portcullis.signatures." + property.split("=", 2)[0],
                            "a SignedRequestAuthentication bean of its own",
                            "Remove one"));
        }
    }

    @Test
    void an_unknown_property_stops_the_start() {
        signing(SIGNED)
                .withPropertyValues("portcullis.signatures.windw=10s")
                .run(context -> assertThat(context).hasFailed());
    }
}
