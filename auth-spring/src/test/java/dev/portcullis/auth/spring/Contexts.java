package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.Outcome;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ApplicationContext;

/** Application contexts without a server. */
final class Contexts {

    /** What every start needs of rules. */
    static final String RULES = "portcullis.unnamed-routes=signed-in";

    private Contexts() {}

    /** Portcullis, Spring MVC and Spring Security, as Boot sets them up. */
    static WebApplicationContextRunner runner() {
        return new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        PortcullisAutoConfiguration.class,
                        PortcullisActuatorAutoConfiguration.class,
                        PortcullisAdmissionAutoConfiguration.class,
                        PortcullisSessionsAutoConfiguration.class,
                        PortcullisDatabaseAutoConfiguration.class,
                        PortcullisFilterAutoConfiguration.class,
                        PortcullisKeysAutoConfiguration.class,
                        PortcullisMVCAutoConfiguration.class,
                        PortcullisNoticesAutoConfiguration.class,
                        PortcullisRedisAutoConfiguration.class,
                        PortcullisSecurityAutoConfiguration.class,
                        PortcullisSignaturesAutoConfiguration.class,
                        PortcullisStoreAutoConfiguration.class,
                        DispatcherServletAutoConfiguration.class,
                        ManagementWebSecurityAutoConfiguration.class,
                        SecurityAutoConfiguration.class,
                        SecurityFilterAutoConfiguration.class,
                        ServletWebSecurityAutoConfiguration.class,
                        UserDetailsServiceAutoConfiguration.class,
                        WebMvcAutoConfiguration.class));
    }

    /** What becomes of a Bearer credential, however Portcullis stands in the application. */
    static Outcome authenticate(ApplicationContext context, String credential) {
        return context.getBean(RequestFilters.class).method().authenticate(new Bearer(credential));
    }

    /**
     * Asserts that a context has not started, and that the analysis names a property, what is wrong and the remedy.
     *
     * @param failed the context
     * @param property the property's whole name
     * @param problem a part of what is wrong
     * @param remedy a part of the remedy
     */
    static void assertFailed(AssertableWebApplicationContext failed, String property, String problem, String remedy) {
        assertThat(failed).hasFailed();
        Throwable failure = Objects.requireNonNull(failed.getStartupFailure());
        FailureAnalysis analysis =
                Objects.requireNonNull(new SettingFailureAnalyzer().analyze(failure), () -> "not of ours: " + failure);
        assertThat(analysis.getDescription())
                .contains("the property " + property + " ")
                .contains(problem);
        assertThat(analysis.getAction()).contains(remedy);
    }

    /** A request with a bearer credential. */
    record Bearer(String credential) implements AuthRequest {

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public List<String> headers(String name) {
            return name.equals("authorization") ? List.of("Bearer " + credential) : List.of();
        }
    }
}
