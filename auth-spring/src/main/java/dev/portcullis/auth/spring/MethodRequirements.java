package dev.portcullis.auth.spring;

import dev.portcullis.auth.Requirement;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;

/** What {@link RequiresPermission} says of handlers, read once for each. */
final class MethodRequirements {

    private final Map<Place, Set<String>> known = new ConcurrentHashMap<>();

    /** Where a handler stands: a method as seen from a class, or a class alone. */
    private record Place(Class<?> type, AnnotatedElement element) {

        @Override
        public String toString() {
            return element instanceof Method method ? type.getName() + "." + method.getName() : type.getName();
        }
    }

    /**
     * The permissions that a handler requires.
     *
     * @param handler a method of a controller, or an object that handles requests by itself
     * @return all of them, or none
     * @throws IllegalArgumentException if one is no permission, or an annotation names none
     */
    Set<String> of(Object handler) {
        return handler instanceof HandlerMethod method
                ? of(typeOf(method), method.getMethod())
                : of(AopProxyUtils.ultimateTargetClass(handler));
    }

    /** A proxy can hide the class of a controller, and what stands on it. */
    private static Class<?> typeOf(HandlerMethod method) {
        Object bean = method.getBean();
        return bean instanceof String ? method.getBeanType() : AopProxyUtils.ultimateTargetClass(bean);
    }

    private Set<String> of(Class<?> type, Method method) {
        Place place = new Place(type, method);
        Set<String> found = known.get(place);
        return found == null ? read(place, places(type, method)) : found;
    }

    private Set<String> of(Class<?> type) {
        Place place = new Place(type, type);
        Set<String> found = known.get(place);
        return found == null ? read(place, List.of(type)) : found;
    }

    private Set<String> read(Place place, Collection<? extends AnnotatedElement> elements) {
        Set<String> all = new LinkedHashSet<>();
        for (AnnotatedElement element : elements) {
            add(element, all);
        }
        Set<String> checked = checked(all, place.toString());
        known.put(place, checked);
        return checked;
    }

    /** Whether anything stands on a type, or on what it inherits. */
    static boolean isOn(Class<?> type) {
        return stands(type);
    }

    /** Whether anything stands on a method itself, or on one that it overrides or implements. */
    static boolean isOn(Class<?> type, Method method) {
        return methods(type, method).stream().anyMatch(MethodRequirements::stands);
    }

    private static boolean stands(AnnotatedElement element) {
        return MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY).isPresent(RequiresPermission.class);
    }

    private static List<AnnotatedElement> places(Class<?> type, Method method) {
        List<AnnotatedElement> all = new ArrayList<>();
        all.add(type);
        all.add(method.getDeclaringClass());
        all.addAll(methods(type, method));
        return all;
    }

    /**
     * A method, the one that runs for it, and those of interfaces that this one implements: these need not be interfaces
     * of the class where it stands.
     */
    private static Set<Method> methods(Class<?> type, Method method) {
        Method runs = AopUtils.getMostSpecificMethod(method, type);
        Set<Method> all = new LinkedHashSet<>(List.of(method, runs));
        for (Class<?> shown : ClassUtils.getAllInterfacesForClass(type)) {
            for (Method declared : shown.getMethods()) {
                if (declared.getName().equals(runs.getName())
                        && AopUtils.getMostSpecificMethod(declared, type).equals(runs)) {
                    all.add(declared);
                }
            }
        }
        return all;
    }

    private static void add(AnnotatedElement element, Collection<String> all) {
        MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY).stream(RequiresPermission.class)
                .forEach(each -> add(each, element, all));
    }

    private static void add(
            MergedAnnotation<RequiresPermission> each, AnnotatedElement element, Collection<String> all) {
        String[] named = each.getStringArray(MergedAnnotation.VALUE);
        if (named.length == 0) {
            throw new IllegalArgumentException("@RequiresPermission on " + element + " names no permission: name one");
        }
        all.addAll(Arrays.asList(named));
    }

    private static Set<String> checked(Set<String> permissions, String where) {
        if (permissions.isEmpty()) {
            return Set.of();
        }
        try {
            return ((Requirement.AllOf) Requirement.allOf(permissions)).permissions();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("@RequiresPermission on " + where + ": " + e.getMessage(), e);
        }
    }
}
