package dev.portcullis.auth.spring;

import dev.portcullis.auth.PermissionRules;

/**
 * Adds to the rules of {@code portcullis.rules} what cannot be said in properties, such as the application's own resource
 * rules. Beans of this type are asked in their order.
 */
@FunctionalInterface
public interface PermissionRulesCustomizer {

    /**
     * Adds to the rules.
     *
     * @param rules the rules of the properties, not built yet
     */
    void customize(PermissionRules.Builder rules);
}
