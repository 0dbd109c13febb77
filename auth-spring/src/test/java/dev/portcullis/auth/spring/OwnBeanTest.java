package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.Contexts.RULES;
import static dev.portcullis.auth.spring.Contexts.runner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.account.Accounts;
import dev.portcullis.auth.account.InMemoryAccountStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.redis.RedisServer;
import dev.portcullis.auth.servlet.keys.SigningKeyServlet;
import dev.portcullis.auth.servlet.session.OpenSockets;
import dev.portcullis.auth.session.InMemorySessionStore;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.SessionAuthentication;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.session.SessionTransport;
import dev.portcullis.auth.session.Sessions;
import dev.portcullis.auth.signature.InMemoryReplayMemory;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.ReplayMemory;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import dev.portcullis.auth.signature.SigningKeyStore;
import dev.portcullis.auth.signature.SigningKeys;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whatever is made for sessions, places, accounts and signed requests gives way to the application's own. */
class OwnBeanTest {

    private static final String[] REDIS = {
        "portcullis.redis.url=redis://127.0.0.1:1", "portcullis.redis.connect-timeout=10ms"
    };
    private static final String SESSIONS = "portcullis.sessions.enabled=true";
    private static final String SIGNING = "portcullis.signatures.store=memory";
    private static final String ONE_NODE = "portcullis.signatures.single-node=true";

    private static WebApplicationContextRunner with(List<String> properties) {
        return runner().withPropertyValues(RULES, "portcullis.api-keys.store=memory")
                .withPropertyValues(properties.toArray(String[]::new));
    }

    /**
     * A bean of the application's own.
     *
     * @param ours the name of the one whose place it takes
     * @param properties what makes ours appear
     * @param left what is left of them beside the own one
     */
    private record Own<T>(Class<T> type, Supplier<T> bean, String ours, List<String> properties, List<String> left) {

        void assertTakesItsPlace() {
            with(properties).run(context -> assertThat(context).hasNotFailed().hasBean(ours));
            T own = bean.get();
            with(left).withBean("own", type, () -> own).run(context -> {
                assertThat(context).hasNotFailed().doesNotHaveBean(ours).hasSingleBean(type);
                assertThat(context.getBean(type)).isSameAs(own);
            });
        }
    }

    private static <T> Own<T> own(Class<T> type, Supplier<T> bean, String ours, String... properties) {
        return new Own<>(type, bean, ours, List.of(properties), List.of(properties));
    }

    private static List<Own<?>> all() {
        return List.of(
                own(SessionStore.class, InMemorySessionStore::new, "portcullisMemorySessions", SESSIONS),
                own(SessionTransport.class, SessionTransport::usual, "portcullisSessionTransport", SESSIONS),
                own(
                        SessionAuthentication.class,
                        OwnBeans::sessionAuthentication,
                        "portcullisSessionAuthentication",
                        SESSIONS),
                own(LoginLimits.class, LoginLimits::none, "portcullisLoginLimits", SESSIONS),
                own(Sessions.class, OwnBeans::sessions, "portcullisSessions", SESSIONS),
                own(OpenSockets.class, OwnBeans::sockets, "portcullisOpenSockets", SESSIONS),
                own(Places.class, () -> Places.builder().build(), "portcullisPlaces"),
                new Own<>(
                        AccountStore.class,
                        InMemoryAccountStore::new,
                        "portcullisMemoryAccounts",
                        List.of("portcullis.accounts.store=memory"),
                        List.of()),
                own(
                        Accounts.class,
                        () -> Accounts.in(new InMemoryAccountStore()),
                        "portcullisAccounts",
                        "portcullis.accounts.store=memory"),
                new Own<>(
                        SigningKeyStore.class,
                        InMemorySigningKeyStore::new,
                        "portcullisMemorySigningKeys",
                        List.of(SIGNING, ONE_NODE),
                        List.of(ONE_NODE)),
                new Own<>(
                        SignedRequestAuthentication.class,
                        OwnBeans::signatures,
                        "portcullisSignatures",
                        List.of(SIGNING, ONE_NODE),
                        List.of(SIGNING)),
                own(
                        SigningKeys.class,
                        () -> SigningKeys.builder()
                                .store(new InMemorySigningKeyStore())
                                .build(),
                        "portcullisSigningKeys",
                        SIGNING,
                        ONE_NODE),
                new Own<>(
                        ReplayMemory.class,
                        InMemoryReplayMemory::new,
                        "portcullisRedisReplayMemory",
                        List.of(SIGNING, "portcullis.signatures.replay-memory=redis", REDIS[0], REDIS[1]),
                        List.of(SIGNING)),
                new Own<>(
                        RedisServer.class,
                        OwnBeans::redis,
                        "portcullisRedis",
                        List.of(SESSIONS, "portcullis.sessions.store=redis", REDIS[0], REDIS[1]),
                        List.of(SESSIONS, "portcullis.sessions.store=redis")));
    }

    @TestFactory
    Stream<DynamicTest> one_of_the_applications_own_takes_its_place() {
        return all().stream().map(own -> DynamicTest.dynamicTest(own.type().getSimpleName(), own::assertTakesItsPlace));
    }

    @Test
    void endpoints_of_the_applications_own_take_their_place() {
        ServletContextInitializer none = context -> {};
        with(List.of(SESSIONS))
                .withBean("portcullisSessionEndpoints", ServletContextInitializer.class, () -> none)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .getBean("portcullisSessionEndpoints")
                        .isSameAs(none));
        List<String> signing = List.of(SIGNING, ONE_NODE);
        with(signing)
                .withPropertyValues("portcullis.signatures.management.enabled=true")
                .run(context -> assertThat(context).hasNotFailed().hasBean("portcullisSigningKeyEndpoints"));
        with(signing)
                .withUserConfiguration(OwnEndpoints.class)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("portcullisSigningKeyEndpoints"));
    }

    /** Somewhere else. */
    @Configuration(proxyBeanMethods = false)
    static class OwnEndpoints {

        @Bean
        ServletRegistrationBean<SigningKeyServlet> endpoints(SigningKeys signingKeys) {
            APIKeys keys = APIKeys.builder().store(new InMemoryAPIKeyStore()).build();
            return new ServletRegistrationBean<>(
                    SigningKeyServlet.builder(signingKeys, keys).build(), "/desk/*");
        }
    }
}
