package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.Contexts.RULES;
import static dev.portcullis.auth.spring.Contexts.authenticate;
import static dev.portcullis.auth.spring.Contexts.runner;
import static dev.portcullis.auth.spring.PortcullisConfigurer.portcullis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthListener;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.PermissionFilter;
import jakarta.servlet.DispatcherType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.test.util.ReflectionTestUtils;

/** What is there in which application, and what gives way to the application's own. */
class BackOffTest {

    private final WebApplicationContextRunner security =
            runner().withBean(APIKeyStore.class, InMemoryAPIKeyStore::new).withPropertyValues(RULES);

    private final WebApplicationContextRunner without =
            security.withClassLoader(new FilteredClassLoader("org.springframework.security"));

    @Test
    void with_spring_security_there_is_one_chain_and_no_filter_of_its_own() {
        security.run(context -> {
            assertThat(context)
                    .hasSingleBean(SecurityFilterChain.class)
                    .hasBean("portcullisSecurityFilterChain")
                    .hasSingleBean(RequestRejectedHandler.class)
                    .doesNotHaveBean("portcullisAuthenticationFilter")
                    .doesNotHaveBean("portcullisPermissionFilter");
            assertThat(context.getBeansOfType(AuthenticationFilter.class)).isEmpty();
        });
    }

    /** Neither a made-up user nor its password in the log. */
    @Test
    void nobody_signs_in_with_a_password() {
        security.run(context -> assertThat(context).doesNotHaveBean(UserDetailsService.class));
        security.withBean(UserDetailsService.class, InMemoryUserDetailsManager::new)
                .run(context -> assertThat(context)
                        .hasSingleBean(UserDetailsService.class)
                        .doesNotHaveBean(AuthenticationManager.class));
    }

    @Test
    void without_spring_security_there_are_the_two_filters_for_everything() {
        without.run(context -> {
            assertThat(context).hasNotFailed();
            assertEverywhere(context.getBean("portcullisAuthenticationFilter"), AuthenticationFilter.class, -102);
            assertEverywhere(context.getBean("portcullisPermissionFilter"), PermissionFilter.class, -101);
        });
    }

    private static void assertEverywhere(Object bean, Class<?> type, int order) {
        FilterRegistrationBean<?> registration = (FilterRegistrationBean<?>) bean;
        assertThat(registration.getFilter()).isInstanceOf(type);
        assertThat(registration.getOrder()).isEqualTo(order);
        assertThat(registration.getUrlPatterns()).as("none is all").isEmpty();
        assertThat(registration.isAsyncSupported()).isTrue();
        assertThat(ReflectionTestUtils.getField(registration, AbstractFilterRegistrationBean.class, "dispatcherTypes"))
                .isEqualTo(EnumSet.allOf(DispatcherType.class));
    }

    /** Then Spring Security has a chain for no request, lest Boot put its log-in page before everything. */
    @Test
    void the_mode_makes_plain_filters_although_spring_security_is_there() {
        security.withPropertyValues("portcullis.mode=filters").run(context -> {
            assertThat(context)
                    .hasBean("portcullisAuthenticationFilter")
                    .hasBean("portcullisPermissionFilter")
                    .doesNotHaveBean("portcullisSecurityFilterChain")
                    .doesNotHaveBean(UserDetailsService.class);
            FilterChainProxy proxy = context.getBean(FilterChainProxy.class);
            assertThat(proxy.getFilters("/anything")).isNullOrEmpty();
        });
    }

    @Test
    void a_filter_of_the_applications_own_takes_the_place_of_ours() {
        without.withBean(
                        PermissionFilter.class,
                        () -> PermissionFilter.builder(PermissionRules.builder().build())
                                .build())
                .run(context -> assertThat(context)
                        .hasBean("portcullisAuthenticationFilter")
                        .doesNotHaveBean("portcullisPermissionFilter"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnChains {

        @Bean
        @Order(1)
        SecurityFilterChain api(HttpSecurity http) {
            return http.securityMatcher("/api/**")
                    .with(portcullis(), withDefaults())
                    .build();
        }

        @Bean
        @Order(2)
        SecurityFilterChain pages(HttpSecurity http) {
            return http.formLogin(withDefaults())
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .build();
        }
    }

    @Test
    void chains_of_the_applications_own_take_the_place_of_ours() {
        security.withUserConfiguration(OwnChains.class).run(context -> {
            assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean("portcullisSecurityFilterChain")
                    .doesNotHaveBean("portcullisAuthenticationManager")
                    .doesNotHaveBean(RequestRejectedHandler.class)
                    .doesNotHaveBean("portcullisAuthenticationFilter");
            FilterChainProxy proxy = context.getBean(FilterChainProxy.class);
            assertThat(proxy.getFilters("/api/x")).hasAtLeastOneElementOfType(CallerFilter.class);
            assertThat(proxy.getFilters("/pages")).doesNotHaveAnyElementsOfTypes(CallerFilter.class);
        });
    }

    @Test
    void beans_of_the_applications_own_take_the_place_of_ours() {
        PermissionRules rules =
                PermissionRules.builder().unnamedRoutes(Requirement.signedIn()).build();
        FilterSettings settings = FilterSettings.builder().build();
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        APIKeyAuthentication keys = APIKeyAuthentication.builder().store(store).build();
        APIKeys issuing = APIKeys.builder().store(store).build();
        runner().withBean(APIKeyStore.class, () -> store)
                .withBean(PermissionRules.class, () -> rules)
                .withBean(FilterSettings.class, () -> settings)
                .withBean(APIKeyAuthentication.class, () -> keys)
                .withBean(APIKeys.class, () -> issuing)
                .run(context -> {
                    assertThat(context.getBean(PermissionRules.class)).isSameAs(rules);
                    assertThat(context.getBean(FilterSettings.class)).isSameAs(settings);
                    assertThat(context.getBean(APIKeyAuthentication.class)).isSameAs(keys);
                    assertThat(context.getBean(APIKeys.class)).isSameAs(issuing);
                });
    }

    /** In the order of their annotations; ours come before those without. */
    @Test
    void methods_of_the_applications_own_are_asked_too() {
        security.withBean("own", AuthenticationMethod.class, () -> request -> caller("own"))
                .run(context -> assertThat(authenticate(context, "x")).isEqualTo(caller("own")));
        security.withUserConfiguration(OwnMethods.class)
                .run(context -> assertThat(authenticate(context, "grd_x")).isEqualTo(caller("first")));
    }

    private static Outcome caller(String name) {
        return Outcome.authenticated(Caller.of(CredentialKind.CUSTOM, name, List.of(), Map.of()));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMethods {

        @Bean
        @Order(5)
        AuthenticationMethod first() {
            return request -> caller("first");
        }

        @Bean
        @Order(50)
        AuthenticationMethod last() {
            return request -> caller("last");
        }
    }

    /** One that fails does not keep the others from being told. */
    @Test
    void every_listener_is_told() {
        List<AuthEvent> told = new ArrayList<>();
        security.withBean("bad", AuthListener.class, () -> event -> {
                    throw new IllegalStateException("a bug of the listener");
                })
                .withBean("good", AuthListener.class, () -> told::add)
                .run(context -> {
                    context.getBean(FilterSettings.class).tell(AuthEvent.of(Outcome.notApplicable(), 1));
                    assertThat(told).hasSize(1);
                });
    }

    @Test
    void an_application_without_a_servlet_container_gets_nothing() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        PortcullisAutoConfiguration.class,
                        PortcullisActuatorAutoConfiguration.class,
                        PortcullisFilterAutoConfiguration.class,
                        PortcullisMVCAutoConfiguration.class,
                        PortcullisSecurityAutoConfiguration.class))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeanDefinitionNames()).noneMatch(name -> name.contains("portcullis"));
                });
    }

    /** Only what is on the class path is touched. */
    @Test
    void every_library_of_spring_but_boot_itself_is_optional() {
        for (String missing : List.of(
                "org.springframework.security",
                "io.micrometer",
                "org.springframework.boot.actuate",
                "org.springframework.boot.health")) {
            security.withClassLoader(new FilteredClassLoader(missing))
                    .run(context -> assertThat(context).as(missing).hasNotFailed());
        }
        without.withClassLoader(new FilteredClassLoader(
                        "org.springframework.security",
                        "io.micrometer",
                        "org.springframework.boot.actuate",
                        "org.springframework.boot.health"))
                .run(context -> assertThat(context).hasNotFailed());
    }
}
