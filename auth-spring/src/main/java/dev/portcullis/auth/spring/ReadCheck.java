package dev.portcullis.auth.spring;

import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/** Whether what is made of a property is there, and not a bean of the application's own instead, which does not read it. */
final class ReadCheck {

    private final ListableBeanFactory beans;
    private final Environment environment;

    ReadCheck(ListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    boolean isThere(String property) {
        return OnPropertyUnder.isThere(environment, property);
    }

    boolean isAnyBean(String... names) {
        return Stream.of(names).anyMatch(beans::containsBean);
    }

    /**
     * Checks one property.
     *
     * @param property its name, or what it stands under
     * @param type the simple name of the type of bean that is made of it
     * @param names the names that our bean of this type can have
     */
    void check(String property, String type, String... names) {
        if (isThere(property) && !isAnyBean(names)) {
            throw new SettingException(
                    property,
                    "is set, but the application has a " + type + " bean of its own, which does not read it",
                    "Remove one of them.");
        }
    }
}
