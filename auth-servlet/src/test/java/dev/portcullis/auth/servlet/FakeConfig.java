package dev.portcullis.auth.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a container gives to a filter that it made. */
record FakeConfig(Map<String, String> own, Map<String, String> shared, Map<Class<?>, Object> attributes)
        implements FilterConfig {

    @Override
    public String getFilterName() {
        return "a filter";
    }

    @Override
    public ServletContext getServletContext() {
        return (ServletContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServletContext.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "getInitParameter" -> shared.get((String) arguments[0]);
                        case "getInitParameterNames" -> Collections.enumeration(shared.keySet());
                        case "getAttribute" -> attribute((String) arguments[0]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    private @Nullable Object attribute(String name) {
        return attributes.entrySet().stream()
                .filter(entry -> entry.getKey().getName().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable String getInitParameter(String name) {
        return own.get(name);
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
        return Collections.enumeration(own.keySet());
    }
}
