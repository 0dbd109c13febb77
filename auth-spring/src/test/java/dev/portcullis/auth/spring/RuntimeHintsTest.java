package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Caller;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.io.support.SpringFactoriesLoader;

class RuntimeHintsTest {

    @Test
    void the_registrar_is_found() {
        assertThat(SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
                        .load(RuntimeHintsRegistrar.class))
                .hasAtLeastOneElementOfType(PortcullisRuntimeHints.class);
    }

    @Test
    void expressions_can_ask_callers() throws NoSuchMethodException {
        RuntimeHints hints = new RuntimeHints();
        new PortcullisRuntimeHints().registerHints(hints, getClass().getClassLoader());
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Caller.class.getMethod("subject")))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection()
                        .onMethodInvocation(CallerAuthentication.class.getMethod("caller")))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(RequiresPermission.class))
                .accepts(hints);
    }

    @Test
    void they_need_no_spring_security() {
        RuntimeHints hints = new RuntimeHints();
        new PortcullisRuntimeHints().registerHints(hints, new FilteredClassLoader("org.springframework.security"));
        assertThat(RuntimeHintsPredicates.reflection().onType(Caller.class)).accepts(hints);
    }
}
