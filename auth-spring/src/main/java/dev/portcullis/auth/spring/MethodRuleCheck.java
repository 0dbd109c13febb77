package dev.portcullis.auth.spring;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.handler.AbstractHandlerMethodMapping;
import org.springframework.web.servlet.mvc.Controller;

/**
 * Reads every {@link RequiresPermission} at the start: what is wrong, and what stands where no handler is, must not wait
 * for a request.
 */
final class MethodRuleCheck implements SmartInitializingSingleton {

    private final MethodRequirements requirements;
    private final ConfigurableListableBeanFactory beans;
    private final ObjectProvider<AbstractHandlerMethodMapping<?>> mappings;

    MethodRuleCheck(
            MethodRequirements requirements,
            ConfigurableListableBeanFactory beans,
            ObjectProvider<AbstractHandlerMethodMapping<?>> mappings) {
        this.requirements = requirements;
        this.beans = beans;
        this.mappings = mappings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Set<HandlerMethod> handlers = new HashSet<>();
        mappings.forEach(mapping -> handlers.addAll(mapping.getHandlerMethods().values()));
        handlers.forEach(handler -> requirements.of(known(handler)));
        for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
            Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
            if (type != null && mayBearIt(type)) {
                check(type, handlers);
            }
        }
    }

    /** With its controller, if that is there already: only this one tells what a proxy hides. */
    private HandlerMethod known(HandlerMethod handler) {
        return handler.getBean() instanceof String name && beans.containsSingleton(name)
                ? handler.createWithResolvedBean()
                : handler;
    }

    private static boolean mayBearIt(Class<?> type) {
        return !type.getName().startsWith("org.springframework.")
                && AnnotationUtils.isCandidateClass(type, RequiresPermission.class);
    }

    private static void check(Class<?> type, Set<HandlerMethod> handlers) {
        boolean handles = HttpRequestHandler.class.isAssignableFrom(type)
                || Controller.class.isAssignableFrom(type)
                || handlers.stream()
                        .anyMatch(handler ->
                                handler.getMethod().getDeclaringClass().isAssignableFrom(type));
        if (!handles && MethodRequirements.isOn(type)) {
            throw nothingEnforces(type.getName());
        }
        MethodIntrospector.selectMethods(type, (Method method) -> MethodRequirements.isOn(type, method)).stream()
                .filter(method -> handlers.stream().noneMatch(handler -> isSame(handler.getMethod(), method)))
                .findFirst()
                .ifPresent(method -> {
                    throw nothingEnforces(type.getName() + "." + method.getName());
                });
    }

    /** A handler behind a proxy can be the interface's method. */
    private static boolean isSame(Method handler, Method method) {
        return handler.getName().equals(method.getName())
                && handler.getDeclaringClass().isAssignableFrom(method.getDeclaringClass())
                && Arrays.equals(handler.getParameterTypes(), method.getParameterTypes());
    }

    private static IllegalStateException nothingEnforces(String where) {
        return new IllegalStateException("@RequiresPermission on " + where + " would be enforced by nothing, since that"
                + " handles no requests: put it on a controller, or use @PreAuthorize here");
    }
}
