package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.example.Exchange;
import dev.portcullis.auth.example.Setup;
import dev.portcullis.auth.example.TradeSocket;
import dev.portcullis.auth.example.TradingDesk;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.servlet.session.OpenSockets;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.signature.ReplayMemory;
import dev.portcullis.auth.signature.SigningKeyStore;
import dev.portcullis.auth.spring.PermissionRulesCustomizer;
import jakarta.servlet.ServletContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The application. Its settings stand in {@code application.yaml}, or come from the command line as a setup. */
@SpringBootApplication(proxyBeanMethods = false)
class ExampleApplication {

    /**
     * Runs it by its settings alone.
     *
     * @param arguments settings, as Spring Boot takes them
     */
    public static void main(String... arguments) {
        SpringApplication.run(ExampleApplication.class, arguments);
    }

    /** Where API keys are. That there is one is all it takes to let keys in. */
    @Bean(destroyMethod = "")
    APIKeyStore keys(ObjectProvider<Setup> setup) {
        Setup given = setup.getIfAvailable();
        Setup.Keys keys = given == null ? null : given.keys();
        return keys == null ? new InMemoryAPIKeyStore() : keys.store();
    }

    /** Where sessions are, how accounts stand, how often somebody may log in, and what requests are signed with. */
    @Bean
    Setup.Kept kept(ObjectProvider<Setup> setup) {
        Setup given = setup.getIfAvailable();
        return given == null ? Setup.Kept.inMemory() : given.kept();
    }

    @Bean(destroyMethod = "")
    SessionStore sessionStore(Setup.Kept kept) {
        return kept.sessions();
    }

    @Bean(destroyMethod = "")
    AccountStore accountStore(Setup.Kept kept) {
        return kept.accounts();
    }

    @Bean(destroyMethod = "")
    SigningKeyStore signingKeyStore(Setup.Kept kept) {
        return kept.signing().keys();
    }

    @Bean(destroyMethod = "")
    ReplayMemory replayMemory(Setup.Kept kept) {
        return kept.signing().requests();
    }

    @Bean
    Exchange exchange(Setup.Kept kept) {
        return new Exchange(kept.signing().clock());
    }

    @Bean
    LoginLimits loginLimits(Setup.Kept kept, Places places) {
        return kept.limits().client(places::clientOf);
    }

    /** What properties cannot say. */
    @Bean
    PermissionRulesCustomizer resourceRules() {
        return rules -> rules.message(TradingDesk.PAIR_CLOSED).message(TradingDesk.NOT_ON_RPI_LIST);
    }

    /** The stream of an account, once the container has its WebSockets ready. */
    @Bean
    SmartInitializingSingleton tradeSocket(ObjectProvider<ServletContext> context, OpenSockets watched) {
        return () -> context.ifAvailable(application -> TradeSocket.addTo(application, watched));
    }
}
