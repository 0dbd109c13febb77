package dev.portcullis.auth.spring;

import dev.portcullis.auth.signature.SignedRequestAuthentication;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.servlet.filter.OrderedFormContentFilter;
import org.springframework.core.env.Environment;

/**
 * Moves Spring's filter that reads forms of {@code PUT}, {@code PATCH} and {@code DELETE} behind what authenticates, where
 * requests can be signed. In its own place, which is before everything, it would leave nothing of the body to check.
 */
final class FormOrder implements BeanPostProcessor {

    private static final int SPRING_SECURITY = -100;

    private final ListableBeanFactory beans;
    private final Environment environment;

    FormOrder(ListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof OrderedFormContentFilter filter
                && beans.getBeanNamesForType(SignedRequestAuthentication.class, true, false).length > 0) {
            int security = environment.getProperty("spring.security.filter.order", Integer.class, SPRING_SECURITY);
            filter.setOrder(Math.max(security, PortcullisFilterAutoConfiguration.PERMISSION_ORDER) + 1);
        }
        return bean;
    }
}
