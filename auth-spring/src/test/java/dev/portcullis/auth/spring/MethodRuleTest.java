package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.Contexts.runner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Outcome;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** What {@link RequiresPermission} says is looked at when the application starts. */
class MethodRuleTest {

    private static WebApplicationContextRunner with(Class<?> bean) {
        return runner().withBean(AuthenticationMethod.class, () -> request -> Outcome.notApplicable())
                .withPropertyValues(Contexts.RULES)
                .withUserConfiguration(bean);
    }

    private static void assertFails(Class<?> bean, String... words) {
        with(bean)
                .run(context -> assertThat(context).getFailure().satisfies(failure -> {
                    for (String word : words) {
                        assertThat(failure).hasStackTraceContaining(word);
                    }
                }));
    }

    /** Names what no token can hold, for a challenge could not name it. */
    @RestController
    static class NoPermission {

        @GetMapping("/a")
        @RequiresPermission("catalog read")
        String a() {
            return "a";
        }
    }

    /** Names none. */
    @RestController
    static class Empty {

        @GetMapping("/a")
        @RequiresPermission({})
        String a() {
            return "a";
        }
    }

    /** Handles no requests. */
    @Service
    static class OnAService {

        @RequiresPermission("a")
        String a() {
            return "a";
        }
    }

    /** Handles no requests. */
    @Service
    @RequiresPermission("a")
    static class OnAServiceAsAWhole {}

    /** Has one method that handles requests, and one that does not. */
    @RestController
    static class OnAnotherMethod {

        @GetMapping("/a")
        String a() {
            return b();
        }

        @RequiresPermission("a")
        String b() {
            return "b";
        }
    }

    /** Made anew for whoever asks, and not by the start. */
    @Service
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    static class OnAPrototype {

        @RequiresPermission("a")
        String a() {
            return "a";
        }
    }

    /** A handler of functional routes, which no annotation reaches. */
    @Configuration(proxyBeanMethods = false)
    static class OnAHandlerFunction {

        @Bean
        RouterFunction<ServerResponse> routes() {
            return RouterFunctions.route().GET("/f", this::handle).build();
        }

        @RequiresPermission("a")
        ServerResponse handle(ServerRequest request) {
            return ServerResponse.ok().build();
        }
    }

    /** A controller that is made anew for each request. */
    @RestController
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    static class SoundPrototype {

        @GetMapping("/p")
        @RequiresPermission("a")
        String p() {
            return "p";
        }
    }

    /** Everything in its place. */
    @RestController
    @RequiresPermission("a")
    static class Sound {

        @GetMapping("/a")
        @RequiresPermission("b")
        String a() {
            return "a";
        }

        String notAnnotated() {
            return "b";
        }
    }

    /** What a proxy shows that was made by hand. */
    @RestController
    interface Shown {

        @GetMapping("/shown")
        String shown();
    }

    /** What it hides. */
    @RequiresPermission("no permission")
    static class Hidden implements Shown {

        @Override
        public String shown() {
            return "shown";
        }
    }

    /** Makes it. */
    @Configuration(proxyBeanMethods = false)
    static class ByHand {

        @Bean
        Shown shown() {
            return (Shown) new ProxyFactory(new Hidden()).getProxy();
        }
    }

    @Test
    void what_is_no_permission_stops_the_start() {
        assertFails(NoPermission.class, "NoPermission.a", "'catalog read'", "visible ASCII");
        assertFails(Empty.class, "names no permission");
        assertFails(ByHand.class, "Hidden.shown", "'no permission'");
    }

    @Test
    void what_nothing_would_enforce_stops_the_start() {
        assertFails(OnAService.class, "OnAService.a would be enforced by nothing", "@PreAuthorize");
        assertFails(OnAServiceAsAWhole.class, "OnAServiceAsAWhole would be enforced by nothing");
        assertFails(OnAnotherMethod.class, "OnAnotherMethod.b would be enforced by nothing");
        assertFails(OnAPrototype.class, "OnAPrototype.a would be enforced by nothing");
        assertFails(OnAHandlerFunction.class, "OnAHandlerFunction.handle would be enforced by nothing");
    }

    /** That other beans handle requests does not make this one do so. */
    @Test
    void what_nothing_would_enforce_stops_the_start_beside_what_is_in_its_place() {
        with(Sound.class)
                .withUserConfiguration(OnAServiceAsAWhole.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("OnAServiceAsAWhole would be enforced by nothing"));
    }

    @Test
    void what_is_in_its_place_starts() {
        with(Sound.class).run(context -> assertThat(context).hasNotFailed());
        with(SoundPrototype.class).run(context -> assertThat(context).hasNotFailed());
    }
}
