package dev.portcullis.auth;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule: methods, a pattern and who may pass.
 *
 * @param name the rule as it was written, for messages
 * @param methods the methods it is for; empty if it is for every method
 * @param pattern the paths it is for
 * @param gate who may pass
 */
record Route(String name, Set<String> methods, RoutePattern pattern, Gate gate) {

    static final String GET = "GET";
    static final String HEAD = "HEAD";
    private static final String EVERY_METHOD = "*";

    /** Reads the methods of a rule; none for {@code *}. */
    static Set<String> methods(String text) {
        Set<String> methods = new LinkedHashSet<>();
        if (text.strip().equals(EVERY_METHOD)) {
            return methods;
        }
        for (String part : text.split(",", -1)) {
            String method = part.strip();
            require(!method.equals(HEAD), "names HEAD: HEAD counts as GET, so write GET");
            require(!method.equals(EVERY_METHOD), "names '*' beside other methods: '*' alone is every method");
            require(isMethod(method), "names the method '" + method + "': write upper-case names with commas between");
            require(methods.add(method), "names " + method + " twice");
        }
        return methods;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("the rule " + otherwise);
        }
    }

    /** Whether a text is a method that a rule can name. All registered methods are (RFC 9110 section 16.1). */
    static boolean isMethod(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    boolean isFor(String method) {
        return methods.isEmpty() || methods.contains(method);
    }

    /** Whether a request can match this rule and another, neither with more literal segments. */
    boolean tiesWith(Route other, boolean fold) {
        return pattern.literalCount() == other.pattern.literalCount()
                && pattern.overlaps(other.pattern, fold)
                && sharedMethod(other) != null;
    }

    private @Nullable String sharedMethod(Route other) {
        if (methods.isEmpty()) {
            return other.methods.isEmpty() ? GET : other.methods.iterator().next();
        }
        return methods.stream().filter(other::isFor).findFirst().orElse(null);
    }

    /** A request that matches this rule and another, if they tie. */
    String exampleWith(Route other) {
        return sharedMethod(other) + " " + pattern.exampleWith(other.pattern);
    }
}
