package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.web.method.HandlerMethod;

/** Every {@link RequiresPermission} counts that a handler has from anywhere. */
class MethodRequirementsTest {

    private final MethodRequirements requirements = new MethodRequirements();

    /** An annotation of an application's own. */
    @Retention(RetentionPolicy.RUNTIME)
    @RequiresPermission("own")
    @interface Own {}

    /** What is promised. */
    @RequiresPermission("interface")
    interface Promised {

        @RequiresPermission({"promised", "twice"})
        void promised();

        void overloaded(String text);

        @RequiresPermission("number")
        void overloaded(int number);
    }

    /** Where a method is declared. */
    @RequiresPermission("base")
    static class Base {

        @RequiresPermission("inherited")
        public void inherited() {}

        @Own
        public void own() {}

        public void plain() {}
    }

    /** What runs. */
    static class Runs extends Base implements Promised {

        @Override
        @RequiresPermission("twice")
        public void promised() {}

        @Override
        public void overloaded(String text) {}

        @Override
        public void overloaded(int number) {}

        @Override
        public void inherited() {}
    }

    /** Stands beside, with the same words for something else. */
    static class Free {

        public void promised() {}

        @RequiresPermission({})
        public void none() {}

        @RequiresPermission("no permission")
        public void malformed() {}
    }

    /** Serves, and knows of no rules. */
    static class Serving {

        public void served() {}
    }

    /** Rules for a method that stands elsewhere. */
    interface Ruled {

        @RequiresPermission("ruled")
        void served();
    }

    /** Brings the two together. */
    static class Together extends Serving implements Ruled {}

    private static HandlerMethod handler(Object bean, String name, Class<?>... types) throws NoSuchMethodException {
        return new HandlerMethod(bean, name, types);
    }

    @Test
    void annotations_of_classes_interfaces_and_overridden_methods_add_up() throws Exception {
        Runs runs = new Runs();
        assertThat(requirements.of(handler(runs, "promised")))
                .containsExactlyInAnyOrder("base", "interface", "promised", "twice");
        assertThat(requirements.of(handler(runs, "inherited")))
                .containsExactlyInAnyOrder("base", "interface", "inherited");
        assertThat(requirements.of(handler(runs, "own"))).containsExactlyInAnyOrder("base", "interface", "own");
        assertThat(requirements.of(handler(runs, "plain"))).containsExactlyInAnyOrder("base", "interface");
        assertThat(requirements.of(handler(new Free(), "promised"))).isEmpty();
    }

    @Test
    void an_interface_of_the_controller_alone_counts_too() throws Exception {
        assertThat(requirements.of(handler(new Together(), "served"))).containsExactly("ruled");
        assertThat(requirements.of(handler(new Serving(), "served"))).isEmpty();
    }

    @Test
    void a_method_of_the_same_name_is_another() throws Exception {
        Runs runs = new Runs();
        assertThat(requirements.of(handler(runs, "overloaded", int.class)))
                .containsExactlyInAnyOrder("base", "interface", "number");
        assertThat(requirements.of(handler(runs, "overloaded", String.class)))
                .containsExactlyInAnyOrder("base", "interface");
    }

    @Test
    void a_proxy_hides_nothing() throws Exception {
        Promised proxy = (Promised) new ProxyFactory(new Runs()).getProxy();
        HandlerMethod behind = new HandlerMethod(proxy, Promised.class.getMethod("promised"));
        assertThat(requirements.of(behind)).containsExactlyInAnyOrder("base", "interface", "promised", "twice");
        assertThat(requirements.of(proxy)).containsExactlyInAnyOrder("base", "interface");
    }

    @Test
    void a_controller_that_is_known_by_its_name_alone_has_the_rules_of_its_type() throws Exception {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("runs", new Runs());
        HandlerMethod named = new HandlerMethod("runs", beans, Runs.class.getMethod("promised"));
        assertThat(requirements.of(named)).contains("base", "promised");
    }

    @Test
    void what_was_read_once_is_the_same_for_ever() throws Exception {
        Runs runs = new Runs();
        assertThat(requirements.of(handler(runs, "promised"))).isSameAs(requirements.of(handler(runs, "promised")));
        assertThat(requirements.of(runs)).isSameAs(requirements.of(new Runs()));
    }

    @Test
    void what_names_no_permission_is_refused_with_its_place() {
        assertThatThrownBy(() -> requirements.of(handler(new Free(), "none")))
                .hasMessageContaining("Free.none()")
                .hasMessageEndingWith("names no permission: name one");
        assertThatThrownBy(() -> requirements.of(handler(new Free(), "malformed")))
                .hasMessageStartingWith("@RequiresPermission on " + Free.class.getName() + ".malformed: ");
    }

    @Test
    void it_can_be_asked_whether_anything_stands_there() throws Exception {
        assertThat(MethodRequirements.isOn(Runs.class)).isTrue();
        assertThat(MethodRequirements.isOn(Free.class)).isFalse();
        assertThat(MethodRequirements.isOn(Runs.class, Runs.class.getMethod("inherited")))
                .isTrue();
        assertThat(MethodRequirements.isOn(Runs.class, Runs.class.getMethod("promised")))
                .isTrue();
        assertThat(MethodRequirements.isOn(Runs.class, Runs.class.getMethod("overloaded", String.class)))
                .isFalse();
    }
}
