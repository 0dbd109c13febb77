package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.Contexts.RULES;
import static dev.portcullis.auth.spring.Contexts.runner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AuthListener;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.TrustedIssuer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.web.firewall.HttpStatusRequestRejectedHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.handler.MappedInterceptor;

/** What listens, measures, tells of health or stands in Spring MVC gives way to the application's own of the same name. */
class ReplacementTest {

    /** With all that makes every one of ours appear. */
    private final WebApplicationContextRunner everything = runner().withPropertyValues(
                    RULES,
                    "portcullis.jwt.issuer=a",
                    "portcullis.jwt.jwks-uri=http://127.0.0.1:1/",
                    "portcullis.jwt.audience=b")
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean(AuditEventRepository.class, InMemoryAuditEventRepository::new)
            .withBean(
                    CachedAPIKeyStore.class,
                    () -> CachedAPIKeyStore.over(new InMemoryAPIKeyStore()).build());

    private record Own<T>(String name, Class<T> type, Supplier<T> bean) {

        void assertTakesItsPlace(WebApplicationContextRunner runner) {
            T own = bean.get();
            runner.withBean(name, type, () -> own).run(context -> {
                assertThat(context).hasNotFailed();
                assertThat(context.getBean(name)).isSameAs(own);
            });
        }
    }

    private static final List<Own<?>> ALL = List.of(
            new Own<>("portcullisEventPublisher", AuthListener.class, () -> event -> {}),
            new Own<>("portcullisMetrics", AuthListener.class, () -> event -> {}),
            new Own<>("portcullisTokenMetrics", MeterBinder.class, () -> registry -> {}),
            new Own<>("portcullisKeyMetrics", MeterBinder.class, () -> registry -> {}),
            new Own<>(
                    "portcullisHealthIndicator",
                    HealthIndicator.class,
                    () -> () -> Health.up().build()),
            new Own<>("portcullisAuditPublisher", Object.class, Object::new),
            new Own<>("portcullisObservation", MethodDecorator.class, () -> method -> method),
            new Own<>(
                    "portcullisPermissionInterceptor",
                    MappedInterceptor.class,
                    () -> new MappedInterceptor(null, new HandlerInterceptor() {})),
            new Own<>("portcullisMethodRuleCheck", SmartInitializingSingleton.class, () -> () -> {}),
            new Own<>("portcullisArguments", SmartInitializingSingleton.class, () -> () -> {}),
            new Own<>("portcullisAuthenticationArguments", SmartInitializingSingleton.class, () -> () -> {}),
            new Own<>(
                    "portcullisNotSignedInResolver",
                    HandlerExceptionResolver.class,
                    () -> (request, response, handler, problem) -> null));

    @TestFactory
    Stream<DynamicTest> one_of_the_applications_own_takes_its_place() {
        return ALL.stream().map(own -> DynamicTest.dynamicTest(own.name(), () -> own.assertTakesItsPlace(everything)));
    }

    /** What is not in the table is replaced by its type, in this test or in that of back-off; or is nobody's to replace. */
    @Test
    void the_table_is_whole() {
        List<String> byType = List.of(
                "portcullisAPIKeyAuthentication",
                "portcullisAPIKeys",
                "portcullisAuthenticationManager",
                "portcullisCountries",
                "portcullisFilterSettings",
                "portcullisFormOrder",
                "portcullisPathAsSentFilter",
                "portcullisPlaces",
                "portcullisRequestFilters",
                "portcullisRequestRejectedHandler",
                "portcullisRules",
                "portcullisSecurityFilterChain",
                "portcullisTokens");
        everything.run(context -> assertThat(Stream.of(context.getBeanDefinitionNames())
                        .filter(name -> name.matches("portcullis[A-Z].*") && !byType.contains(name)))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(ALL.stream().map(Own::name), Stream.of("portcullisSettingCheck"))
                                .toList()));
    }

    @Test
    void others_give_way_to_one_of_their_type() {
        JWKSAuthentication tokens = JWKSAuthentication.builder()
                .trust(TrustedIssuer.named("a")
                        .jwks(URI.create("http://127.0.0.1:1/"))
                        .audience("b")
                        .build())
                .build();
        AuthenticationManager manager = authentication -> authentication;
        RequestRejectedHandler handler = new HttpStatusRequestRejectedHandler();
        runner().withPropertyValues(RULES)
                .withBean("mine", JWKSAuthentication.class, () -> tokens)
                .withBean("manager", AuthenticationManager.class, () -> manager)
                .withBean("handler", RequestRejectedHandler.class, () -> handler)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(JWKSAuthentication.class)).isSameAs(tokens);
                    assertThat(context.getBean(AuthenticationManager.class)).isSameAs(manager);
                    assertThat(context.getBean(RequestRejectedHandler.class)).isSameAs(handler);
                });
    }
}
