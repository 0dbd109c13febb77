package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.ExampleServer;
import dev.portcullis.auth.example.Option;
import dev.portcullis.auth.example.Program;
import dev.portcullis.auth.example.Setup;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The example's own controllers and settings without anything of Portcullis: everybody is let in everywhere. {@code
 * scripts/load.sh} measures the filters against it, and with {@code -Didle=true} against {@link IdleFilters}. It stands among the tests, for nobody is to start this by an option. It
 * bears no annotation that a scan finds, or it would become a part of the application that is tested.
 */
@EnableAutoConfiguration(
        excludeName = {
            "dev.portcullis.auth.spring.PortcullisActuatorAutoConfiguration",
            "dev.portcullis.auth.spring.PortcullisAdmissionAutoConfiguration",
            "dev.portcullis.auth.spring.PortcullisAutoConfiguration",
            "dev.portcullis.auth.spring.PortcullisDatabaseAutoConfiguration",
            "dev.portcullis.auth.spring.PortcullisFilterAutoConfiguration",
            "dev.portcullis.auth.spring.PortcullisKeysAutoConfiguration",
            "dev.portcullis.auth.spring.PortcullisMVCAutoConfiguration",
            "dev.portcullis.auth.spring.PortcullisNoticesAutoConfiguration",
            "dev.portcullis.auth.spring.PortcullisRedisAutoConfiguration",
            "dev.portcullis.auth.spring.PortcullisSecurityAutoConfiguration",
            "dev.portcullis.auth.spring.PortcullisSessionsAutoConfiguration",
            "dev.portcullis.auth.spring.PortcullisSignaturesAutoConfiguration",
            "dev.portcullis.auth.spring.PortcullisStoreAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"
        })
@Import({
    HealthController.class,
    LeaguesController.class,
    SourcesController.class,
    ErrorsController.class,
    Problems.class,
    WebConfiguration.class
})
final class BareApplication {

    private static final String PORTCULLIS = "dev.portcullis.auth.spring.";

    /** Runs it, with the example's options; with {@code --plain} without Spring Security. */
    public static void main(String... arguments) {
        Program bare = new Program(
                "auth-example-spring/target/portcullis-example-spring.jar",
                Set.of(Option.PLAIN),
                options -> setup -> start(setup, options.plain()));
        System.exit(bare.run(System.getenv(), arguments));
    }

    static ExampleServer start(Setup setup, boolean plain) {
        SpringApplication application = new SpringApplication(BareApplication.class);
        application.setRegisterShutdownHook(false);
        if (plain) {
            application.setAdditionalProfiles("plain");
        } else {
            application.addPrimarySources(List.of(OpenChain.class));
        }
        if (Boolean.getBoolean("idle")) {
            application.addPrimarySources(List.of(IdleFilters.class));
        }
        application.addInitializers(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("setup", Map.of("server.port", setup.port()))));
        var context = (ServletWebServerApplicationContext) application.run();
        for (String name : context.getBeanDefinitionNames()) {
            Class<?> type = context.getType(name);
            if (name.startsWith(PORTCULLIS) || (type != null && type.getName().startsWith(PORTCULLIS))) {
                context.close();
                throw new IllegalStateException("Something of Portcullis is here all the same: " + name);
            }
        }
        return new Started(context);
    }

    /** Spring Security as Portcullis has it, open to everybody. */
    static final class OpenChain {

        @Bean
        SecurityFilterChain open(HttpSecurity http) {
            return http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .csrf(AbstractHttpConfigurer::disable)
                    .logout(AbstractHttpConfigurer::disable)
                    .requestCache(AbstractHttpConfigurer::disable)
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }

    /** What two filters cost that decide nothing, one of which hands on a request of its own. */
    static final class IdleFilters {

        @Bean
        FilterRegistrationBean<Filter> idleWrapping() {
            return first(
                    1,
                    (request, response, chain) ->
                            chain.doFilter(new HttpServletRequestWrapper((HttpServletRequest) request), response));
        }

        @Bean
        FilterRegistrationBean<Filter> idle() {
            return first(2, (request, response, chain) -> chain.doFilter(request, response));
        }

        private static FilterRegistrationBean<Filter> first(int place, Filter filter) {
            FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
            registration.setName("idle-" + place);
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE + place);
            return registration;
        }
    }

    private record Started(ServletWebServerApplicationContext context) implements ExampleServer {

        @Override
        public int port() {
            return Objects.requireNonNull(context.getWebServer(), "It has started")
                    .getPort();
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
