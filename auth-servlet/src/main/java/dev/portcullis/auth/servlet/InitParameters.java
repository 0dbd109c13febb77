package dev.portcullis.auth.servlet;

import dev.portcullis.auth.AuthListener;
import dev.portcullis.auth.PermissionRules;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a filter that the container made. A text comes from the filter's init-param, or else from the
 * context-param of the same name after {@code portcullis.}, where both filters find it. An object comes from the
 * context attribute that bears the name of its class. What is unknown or contradictory stops the start.
 */
final class InitParameters {

    static final String LET_PREFLIGHT_PASS = "let-preflight-pass";
    static final String RULES = "rules";

    private static final String ERROR_FORMAT = "error-format";
    private static final String REALM = "realm";

    /** What both filters know. */
    static final Set<String> COMMON = Set.of(ERROR_FORMAT, REALM, LET_PREFLIGHT_PASS);

    private static final String CONTEXT_PREFIX = "portcullis.";

    private final FilterConfig config;

    private InitParameters(FilterConfig config) {
        this.config = config;
    }

    /** A step that can find a setting missing or wrong. */
    @FunctionalInterface
    interface Reader<T> {
        T read(InitParameters parameters);
    }

    /**
     * Reads settings, and says on failure which filter they belong to.
     *
     * @param known the names that mean something to this filter
     */
    static <T> T read(FilterConfig config, Set<String> known, Reader<T> reader) throws ServletException {
        try {
            InitParameters parameters = new InitParameters(config);
            parameters.refuseUnknown(known);
            parameters.refuseUnknownInContext();
            return reader.read(parameters);
        } catch (IllegalArgumentException e) {
            throw new ServletException("Filter '" + config.getFilterName() + "': " + e.getMessage(), e);
        }
    }

    /** A filter built in code has its settings: what stands beside them in init-params would be passed over in silence. */
    static void refuseAny(FilterConfig config) throws ServletException {
        read(config, Set.of(), parameters -> true);
    }

    private void refuseUnknown(Set<String> known) {
        for (String name : Collections.list(config.getInitParameterNames())) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        known.isEmpty()
                                ? "it was built in code, so remove the init-param '" + name + "' and set it there"
                                : "there is no init-param '" + name + "'; remove it, or use one of "
                                        + String.join(
                                                ", ", known.stream().sorted().toList()));
            }
        }
    }

    /** Context-params are for both filters, so that each knows all names; it is the authentication that has them all. */
    private void refuseUnknownInContext() {
        for (String name : Collections.list(config.getServletContext().getInitParameterNames())) {
            if (name.startsWith(CONTEXT_PREFIX)
                    && !AuthenticationFilter.KNOWN.contains(name.substring(CONTEXT_PREFIX.length()))) {
                throw new IllegalArgumentException("there is no context-param '" + name + "'; remove it, or use "
                        + CONTEXT_PREFIX + " and one of "
                        + String.join(
                                ", ",
                                AuthenticationFilter.KNOWN.stream().sorted().toList()));
            }
        }
    }

    boolean isOwn(String name) {
        return config.getInitParameter(name) != null;
    }

    @Nullable
    String text(String name) {
        String own = config.getInitParameter(name);
        String text = own != null ? own : config.getServletContext().getInitParameter(CONTEXT_PREFIX + name);
        if (text != null && text.isBlank()) {
            throw new IllegalArgumentException(name + " is empty; remove it or give it a value");
        }
        return text == null ? null : text.strip();
    }

    boolean flag(String name) {
        String text = text(name);
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw new IllegalArgumentException(name + " is '" + text + "'; write true or false");
    }

    /** Values separated by commas; empty if the setting is missing. */
    List<String> list(String name) {
        String text = text(name);
        List<String> values = text == null
                ? List.of()
                : Stream.of(text.split(",", -1)).map(String::strip).toList();
        if (values.contains("")) {
            throw new IllegalArgumentException(name + " has an empty entry; separate the entries by single commas");
        }
        return values;
    }

    /** What both filters have in common. */
    FilterSettings shared() {
        FilterSettings.Builder settings = FilterSettings.builder();
        list(ERROR_FORMAT).forEach(entry -> addFormat(settings, List.of(entry.split("\\s+"))));
        String realm = text(REALM);
        if (realm != null) {
            settings.realm(realm);
        }
        AuthListener listener = attribute(AuthListener.class);
        if (listener != null) {
            settings.listener(listener);
        }
        return (flag(LET_PREFLIGHT_PASS) ? settings.letPreflightPass() : settings).build();
    }

    /** A format, or one with the paths for which it is. */
    private static void addFormat(FilterSettings.Builder settings, List<String> words) {
        ErrorFormat format = ErrorFormat.of(words.get(0));
        if (format == null) {
            throw new IllegalArgumentException(
                    ERROR_FORMAT + " is '" + words.get(0) + "'; write detail, problem, coded or opaque");
        }
        if (words.size() == 1) {
            settings.errorFormat(format);
        } else {
            settings.errorFormatOn(format, words.subList(1, words.size()).toArray(String[]::new));
        }
    }

    <T> @Nullable T attribute(Class<T> type) {
        Object value = config.getServletContext().getAttribute(type.getName());
        if (value == null) {
            return null;
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("the context attribute '" + type.getName() + "' holds a "
                    + value.getClass().getName() + "; put a " + type.getSimpleName() + " there");
        }
        return type.cast(value);
    }

    PermissionRules rules() {
        String text = text(RULES);
        PermissionRules object = attribute(PermissionRules.class);
        if (text != null && object != null) {
            throw new IllegalArgumentException("rules are given as a text and as the context attribute '"
                    + PermissionRules.class.getName() + "'; keep one of them");
        }
        if (object != null) {
            return object;
        }
        if (text == null) {
            throw new IllegalArgumentException("rules is missing; add an init-param with lines such as"
                    + " 'GET /api/v1/leagues/** catalog:read', or put rules into the context attribute '"
                    + PermissionRules.class.getName() + "'");
        }
        return RulesText.parse(text);
    }
}
