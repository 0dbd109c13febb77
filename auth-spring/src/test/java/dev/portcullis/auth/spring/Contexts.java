package dev.portcullis.auth.spring;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.Outcome;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
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
                        PortcullisFilterAutoConfiguration.class,
                        PortcullisMVCAutoConfiguration.class,
                        PortcullisSecurityAutoConfiguration.class,
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

    private record Bearer(String credential) implements AuthRequest {

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
