package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** What operators see: metrics, traces, health, events. */
class ObservabilityTest {

    private static final String[] RULES = {
        "portcullis.rules[0].path=/open",
        "portcullis.rules[0].anonymous=true",
        "portcullis.rules[1].path=/read",
        "portcullis.rules[1].permissions=catalog:read"
    };

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        private final Queue<AuthEvent> events = new ConcurrentLinkedQueue<>();

        @EventListener
        void happened(AuthEvent event) {
            events.add(event);
        }

        @Bean
        AuditEventRepository audit() {
            return new InMemoryAuditEventRepository();
        }

        @Bean
        APIKeyStore store() {
            return new InMemoryAPIKeyStore();
        }

        @Bean
        Trace trace() {
            return new Trace();
        }

        @Bean
        Queue<AuthEvent> events() {
            return events;
        }
    }

    /** Keeps what was observed of our own. */
    static final class Trace implements ObservationHandler<Observation.Context> {

        private final Queue<Observation.Context> ours = new ConcurrentLinkedQueue<>();

        @Override
        public void onStop(Observation.Context context) {
            if ("portcullis.caller".equals(context.getName())) {
                ours.add(context);
            }
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    private static Running start(String... more) {
        List<String> properties = new ArrayList<>(List.of(RULES));
        properties.addAll(List.of(more));
        return new Running(Application.class, properties.toArray(String[]::new));
    }

    /** One of each: let in, refused for a permission, refused for the credential, none. */
    private static void ask(Running app) {
        app.get("/read", List.of("catalog:read"));
        app.get("/read", List.of("holdings:read"));
        app.send(HttpRequest.newBuilder(app.uri("/read")).header("Authorization", "Bearer x"));
        app.get("/open");
    }

    private static Map<String, Double> counts(Running app, String name) {
        Map<String, Double> counts = new HashMap<>();
        for (Meter meter : app.context().getBean(MeterRegistry.class).getMeters()) {
            if (meter.getId().getName().equals(name)) {
                String tags = String.join(
                        " ", meter.getId().getTags().stream().map(Tag::getValue).toList());
                counts.put(tags, meter.measure().iterator().next().getValue());
            }
        }
        return counts;
    }

    @Test
    void outcomes_are_counted_by_kind_outcome_and_reason() {
        for (String mode : List.of("security", "filters")) {
            try (Running app = start("portcullis.mode=" + mode)) {
                ask(app);
                assertThat(counts(app, "portcullis.authentication"))
                        .containsOnly(
                                Map.entry("jwt authenticated none", 2.0),
                                Map.entry("jwt rejected malformed_token", 1.0),
                                Map.entry("none no_credential none", 1.0));
                assertThat(counts(app, "portcullis.authorization"))
                        .containsOnly(
                                Map.entry("jwt permitted none", 1.0),
                                Map.entry("jwt denied missing_permission", 1.0),
                                Map.entry("none permitted none", 1.0));
            }
        }
    }

    @Test
    void keys_and_remembered_tokens_are_gauged() {
        try (Running app = start()) {
            String token = app.token("catalog:read");
            for (int i = 0; i < 3; i++) {
                app.send(HttpRequest.newBuilder(app.uri("/read")).header("Authorization", "Bearer " + token));
            }
            String issuer = app.issuer().issuer();
            assertThat(counts(app, "portcullis.tokens.lookups"))
                    .containsOnly(Map.entry("hit", 2.0), Map.entry("miss", 1.0));
            assertThat(counts(app, "portcullis.tokens.remembered")).containsOnly(Map.entry("", 1.0));
            assertThat(counts(app, "portcullis.jwks.keys")).containsOnly(Map.entry(issuer, 1.0));
            assertThat(counts(app, "portcullis.jwks.fetches"))
                    .containsOnly(Map.entry(issuer + " success", 1.0), Map.entry(issuer + " failure", 0.0));
            assertThat(counts(app, "portcullis.jwks.age").get(issuer)).isBetween(0.0, 300.0);
        }
    }

    @Test
    void refusals_are_events_and_audit_events() {
        try (Running app = start()) {
            ask(app);
            assertThat(events(app))
                    .extracting(AuthEvent::type)
                    .containsExactly(AuthEvent.Type.DENIED, AuthEvent.Type.REJECTED);
            List<AuditEvent> audit = app.context().getBean(AuditEventRepository.class).find(null, null, null).stream()
                    .filter(event -> event.getType().startsWith("PORTCULLIS"))
                    .toList();
            assertThat(audit)
                    .extracting(AuditEvent::getType)
                    .containsExactly("PORTCULLIS_DENIED", "PORTCULLIS_REJECTED");
            assertThat(audit).extracting(AuditEvent::getPrincipal).containsExactly("user_1", "anonymous");
            assertThat(audit.get(0).getData()).isEqualTo(Map.of("kind", "jwt", "reason", "missing_permission"));
        }
        try (Running app = start("portcullis.events=all")) {
            ask(app);
            assertThat(events(app)).hasSize(7);
        }
        try (Running app = start("portcullis.events=none")) {
            ask(app);
            assertThat(events(app)).isEmpty();
        }
    }

    @SuppressWarnings("unchecked")
    private static Queue<AuthEvent> events(Running app) {
        return (Queue<AuthEvent>) app.context().getBean("events", Queue.class);
    }

    @Test
    void each_authentication_is_an_observation_within_the_requests() {
        for (String mode : List.of("security", "filters")) {
            try (Running app = start("portcullis.mode=" + mode)) {
                ask(app);
                Queue<Observation.Context> ours = app.context().getBean(Trace.class).ours;
                assertThat(ours)
                        .hasSize(4)
                        .allSatisfy(context -> assertThat(root(context)).isEqualTo("http.server.requests"));
                assertThat(ours)
                        .extracting(context -> String.valueOf(context.getLowCardinalityKeyValue("outcome")))
                        .anyMatch(value -> value.contains("rejected"));
            }
        }
    }

    private static @Nullable String root(Observation.ContextView context) {
        @Nullable ObservationView parent = context.getParentObservation();
        return parent == null ? context.getName() : root(parent.getContextView());
    }

    private static Health health(Running app) {
        return Objects.requireNonNull(app.context()
                .getBean("portcullisHealthIndicator", HealthIndicator.class)
                .health());
    }

    @Test
    void health_is_down_only_where_credentials_cannot_be_checked() {
        try (Running app = start()) {
            assertThat(app.get("/read", List.of("catalog:read")).statusCode()).isEqualTo(404);
            assertThat(health(app).getStatus()).isEqualTo(Status.UP);
            assertThat(health(app).getDetails()).containsKeys("issuers", "apiKeyStore");
        }
        try (Running app = start("portcullis.jwt.jwks-uri=http://127.0.0.1:1/secret-path")) {
            await().untilAsserted(() -> assertThat(health(app).getStatus()).isEqualTo(Status.DOWN));
            assertThat(health(app).toString()).doesNotContain("secret-path");
        }
    }

    /** Nothing but the status, unless Actuator is told otherwise. */
    @Test
    void details_are_shown_as_actuator_is_configured() {
        String open = "portcullis.unnamed-routes=anyone";
        try (Running app = start(open)) {
            assertThat(app.get("/actuator/health").body()).doesNotContain("issuers");
        }
        try (Running app = start(open, "management.endpoint.health.show-details=always")) {
            assertThat(app.get("/actuator/health").body()).contains("issuers", "apiKeyStore");
        }
        try (Running app = start(open, "management.health.portcullis.enabled=false")) {
            assertThat(app.context().containsBean("portcullisHealthIndicator")).isFalse();
        }
    }

    @Test
    void a_store_that_cannot_be_asked_is_down_and_tells_nothing() {
        APIKeyStore store = (APIKeyStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {APIKeyStore.class}, (proxy, method, arguments) -> {
                    throw new AuthUnavailableException(
                            Reason.API_KEY_STORE_UNAVAILABLE,
                            Duration.ofSeconds(1),
                            new IllegalStateException("select … where hash = 'secret'"));
                });
        Health health = new PortcullisHealthIndicator(null, store).health();
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.toString()).doesNotContain("secret");
        assertThat(new PortcullisHealthIndicator(null, new InMemoryAPIKeyStore())
                        .health()
                        .getStatus())
                .isEqualTo(Status.UP);
    }
}
