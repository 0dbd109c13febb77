package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@link RequiresPermission} counts wherever a handler has it from, also behind a proxy that hides its class. */
class InheritedRuleTest {

    /** Serves, and knows of no rules. */
    static class Serving {

        @GetMapping("/inherited")
        public String inherited() {
            return "inherited";
        }
    }

    /** Rules for a method that stands elsewhere. */
    interface Rules {

        @RequiresPermission("a")
        String inherited();
    }

    /** Brings the two together. */
    @RestController
    static class Together extends Serving implements Rules {}

    /** What a proxy shows of a controller. */
    @RestController
    interface Shown {

        @GetMapping("/proxied/method")
        String method();

        @GetMapping("/proxied/class")
        String plain();
    }

    /** What the proxy hides. */
    @RequiresPermission("a")
    static class Hidden implements Shown {

        @Override
        @RequiresPermission("b")
        public String method() {
            return "method";
        }

        @Override
        public String plain() {
            return "plain";
        }
    }

    /** A method by a type that is known below alone. */
    abstract static class Generic<T> {

        @RequiresPermission("a")
        abstract String generic(T thing);
    }

    /** Says the type. */
    @RestController
    static class Specific extends Generic<String> {

        @Override
        @GetMapping("/generic")
        String generic(String thing) {
            return "generic";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Together together() {
            return new Together();
        }

        @Bean
        Specific specific() {
            return new Specific();
        }

        @Bean
        Hidden behindProxy() {
            return new Hidden();
        }

        @Bean
        static BeanNameAutoProxyCreator proxies() {
            BeanNameAutoProxyCreator proxies = new BeanNameAutoProxyCreator();
            proxies.setBeanNames("behindProxy");
            return proxies;
        }

        /** One that was made by hand. */
        @Bean
        ByHand byHand() {
            return (ByHand) new ProxyFactory(new HiddenByHand()).getProxy();
        }
    }

    /** What a proxy shows that was made by hand. */
    @RestController
    interface ByHand {

        @GetMapping("/proxied/by-hand")
        String served();
    }

    /** What it hides. */
    @RequiresPermission("a")
    static class HiddenByHand implements ByHand {

        @Override
        public String served() {
            return "served";
        }
    }

    @Test
    void every_annotation_counts_wherever_a_handler_has_it_from() {
        for (String mode : List.of("security", "filters")) {
            try (Running app = new Running(
                    Application.class,
                    "spring.aop.proxy-target-class=false",
                    "portcullis.mode=" + mode,
                    Catalogue.OPEN)) {
                for (String path : List.of("/inherited", "/generic?thing=x", "/proxied/class", "/proxied/by-hand")) {
                    assertThat(app.get(path).statusCode()).as(mode + " " + path).isEqualTo(401);
                    assertThat(app.get(path, List.of("x")).statusCode())
                            .as(mode + " " + path)
                            .isEqualTo(403);
                    assertThat(app.get(path, List.of("a")).statusCode())
                            .as(mode + " " + path)
                            .isEqualTo(200);
                }
                assertThat(app.get("/proxied/method", List.of("a")).statusCode())
                        .isEqualTo(403);
                assertThat(app.get("/proxied/method", List.of("a", "b")).statusCode())
                        .isEqualTo(200);
            }
        }
    }
}
