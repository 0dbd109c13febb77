package dev.portcullis.auth.spring.test;

import dev.portcullis.auth.testkit.TokenIssuer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Adds to every application context under test what lets test callers in, and an issuer where a test asks for one. */
final class TestContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configuration) {
        WithTokenIssuer wanted = TestContextAnnotationUtils.findMergedAnnotation(testClass, WithTokenIssuer.class);
        return new Customizer(wanted == null ? null : wanted.audience());
    }

    /**
     * A record, for contexts are shared between tests that are alike.
     *
     * @param audience for whom the issuer's tokens are, or null for no issuer
     */
    private record Customizer(@Nullable String audience) implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
            context.getBeanFactory().registerSingleton("portcullisTestCallers", new TestCallers());
            if (audience != null) {
                start(context, audience);
            }
        }

        private static void start(ConfigurableApplicationContext context, String audience) {
            TokenIssuer issuer = TokenIssuer.start();
            context.getBeanFactory().registerSingleton("portcullisTokenIssuer", issuer);
            context.addApplicationListener(new ClosingListener(context, issuer));
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "portcullis token issuer",
                            Map.of(
                                    "portcullis.jwt.issuer",
                                    issuer.issuer(),
                                    "portcullis.jwt.jwks-uri",
                                    issuer.jwks().toString(),
                                    "portcullis.jwt.audience",
                                    audience)));
        }
    }
}
