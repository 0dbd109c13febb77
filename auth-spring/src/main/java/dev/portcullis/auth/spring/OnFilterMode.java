package dev.portcullis.auth.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/** Whether Portcullis stands in the application as plain filters: so it is asked for, or there is no other way. */
final class OnFilterMode implements Condition {

    private static final String SPRING_SECURITY =
            "org.springframework.security.config.annotation.web.configuration.EnableWebSecurity";

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        String mode = context.getEnvironment().getProperty("portcullis.mode");
        return mode == null
                ? !hasSpringSecurity(context.getClassLoader())
                : mode.equalsIgnoreCase(PortcullisProperties.Mode.FILTERS.name());
    }

    /**
     * Whether Spring Security can be had.
     *
     * @param loader the application's class loader, or null for the thread's
     */
    static boolean hasSpringSecurity(@Nullable ClassLoader loader) {
        return ClassUtils.isPresent(SPRING_SECURITY, loader);
    }
}
