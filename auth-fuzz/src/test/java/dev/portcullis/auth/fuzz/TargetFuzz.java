package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.Decision;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.servlet.PermissionFilter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;

/**
 * A method and, in the second line, a path as it is sent, against rules that are open for all but a few routes. Whatever a
 * careless server, router or proxy would take for one of these is let through for nobody.
 */
public final class TargetFuzz {

    private static final Pattern CLOSED =
            Pattern.compile("/admin/keys|/admin/[^/]+/secrets|/vault(/.*)?", Pattern.DOTALL);
    private static final int MOST_READINGS = 300;
    private static final int LONGEST = 512;
    private static final String CONTEXT = "/app";

    private static final PermissionRules RULES = PermissionRules.builder()
            .rule("*", "/admin/keys", Requirement.allOf("admin"))
            .rule("*", "/admin/{id}/secrets", Requirement.allOf("admin"))
            .rule("*", "/vault/**", Requirement.nobody())
            .rule("*", "/**", Requirement.anyone())
            .build();

    private static final PermissionFilter FILTER =
            PermissionFilter.builder(RULES).build();

    private static final List<UnaryOperator<String>> CARELESS = List.of(
            TargetFuzz::decoded,
            path -> path.replaceAll(";[^/]*", ""),
            path -> path.replace('\\', '/'),
            path -> path.replaceAll("/{2,}", "/"),
            path -> path.replaceAll("/\\.(?=/|\\z)", ""),
            path -> path.replaceFirst("/(?!\\.\\./)[^/]+/\\.\\.(?=/|\\z)", ""),
            path -> path.replaceFirst("\\A/\\.\\.(?=/|\\z)", ""),
            path -> path.replaceAll("/+\\z", ""),
            path -> path.replaceAll("[?#\0\r\n].*", ""),
            path -> path.replaceAll("[\0-\37\177]", ""),
            path -> path.toLowerCase(Locale.ROOT),
            path -> path.replace('\u2215', '/').replace('\uff0f', '/'));

    private TargetFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Bounds.isLetIn(bytes, TargetFuzz::isLetIn);
    }

    /** Whether it is let in; throws if that, or what is told, is not as it must be. */
    static boolean isLetIn(byte[] bytes) {
        List<String> lines = Input.lines(bytes);
        String method = Input.line(lines, 0);
        String path = Input.line(lines, 1);
        boolean passes = RULES.decide(null, method, path) instanceof Decision.Permitted;
        boolean open = RULES.requirementFor(method, path) instanceof Requirement.Anyone;
        Input.require(passes == open, "a decision is not what the route requires");
        if (passes) {
            Input.require(method.matches("[!-~]+") && method.equals(method.toUpperCase(Locale.ROOT)), "a method");
            readings(path, CLOSED);
        }
        boolean filtered = FILTER.decide(null, request(method, CONTEXT + path)) instanceof Decision.Permitted;
        if (path.isEmpty() || path.startsWith("/")) {
            Input.require(filtered == passes(method, path), "the filter decides otherwise than the rules");
        }
        if (FILTER.decide(null, request(method, path)) instanceof Decision.Permitted) {
            Input.require(path.startsWith(CONTEXT), "another application's path is let through");
            readings(path.substring(CONTEXT.length()), CLOSED);
        }
        Input.require(passes || !isPlain(method, path), "a plain path that is open is let through for nobody");
        return passes;
    }

    /** Nothing that any reader could take for anything else. */
    private static boolean isPlain(String method, String path) {
        return Set.of("GET", "POST").contains(method)
                && path.matches("/(?!admin|vault)[a-z0-9]+(/[a-z0-9]+)*")
                && path.length() <= LONGEST;
    }

    /** Below its context path an application sees at least a slash. */
    private static boolean passes(String method, String path) {
        return RULES.decide(null, method, path.isEmpty() ? "/" : path) instanceof Decision.Permitted;
    }

    private static MockHttpServletRequest request(String method, String uri) {
        MockServletContext context = new MockServletContext();
        context.setContextPath(CONTEXT);
        MockHttpServletRequest request = new MockHttpServletRequest(context, method, uri);
        request.setContextPath(CONTEXT);
        return request;
    }

    /** All that can be made of a path by reading it carelessly, again and again. */
    private static void readings(String path, Pattern closed) {
        if (path.length() > LONGEST) {
            return;
        }
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(path));
        while (!open.isEmpty() && seen.size() < MOST_READINGS) {
            String reading = open.remove();
            if (seen.add(reading)) {
                Input.require(!closed.matcher(reading).matches(), "it can be read as " + reading);
                CARELESS.forEach(careless -> open.add(careless.apply(reading)));
            }
        }
    }

    /** Broken escapes stay, as some servers let them; what is no UTF-8 becomes something. */
    private static String decoded(String path) {
        byte[] out = new byte[path.length() * 4];
        int length = 0;
        for (int i = 0; i < path.length(); i++) {
            int high = i + 2 < path.length() && path.charAt(i) == '%' ? Character.digit(path.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(path.charAt(i + 2), 16);
            if (low >= 0) {
                out[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                for (byte one : path.substring(i, i + 1).getBytes(StandardCharsets.UTF_8)) {
                    out[length++] = one;
                }
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
