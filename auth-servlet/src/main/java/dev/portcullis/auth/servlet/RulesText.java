package dev.portcullis.auth.servlet;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Permission rules as a text, one on each line; empty lines and lines that begin with {@code #} mean nothing.
 *
 * <pre>
 * GET              /api/v1/leagues/**  catalog:read
 * POST, PUT, PATCH /api/v1/leagues/**  catalog:read catalog:write with JWT
 * POST             /orders             trade:write with JWT, SESSION on trades.example.com
 * GET              /health             anyone
 * otherwise        signed-in
 * </pre>
 *
 * <p>After the path stand the permissions, all of which are required, or one of the words {@code anyone},
 * {@code signed-in} and {@code nobody}; then, after {@code with}, the accepted kinds of credential; then, after
 * {@code on}, the hosts on which the route is served.
 */
final class RulesText {

    private static final String FORM = "write METHODS PATH REQUIREMENT, such as 'GET /api/v1/leagues/** catalog:read';"
            + " the requirement is one or more permissions, anyone, signed-in or nobody";

    private RulesText() {}

    static PermissionRules parse(String text) {
        PermissionRules.Builder rules = PermissionRules.builder();
        List<String> lines = text.lines().map(String::strip).toList();
        boolean otherwise = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                otherwise = add(rules, List.of(line.split("\\s+")), otherwise);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("rules, line " + (i + 1) + " '" + line + "': " + e.getMessage(), e);
            }
        }
        return build(rules);
    }

    private static PermissionRules build(PermissionRules.Builder rules) {
        try {
            return rules.build();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("rules: " + e.getMessage(), e);
        }
    }

    /** Adds what one line says, and tells whether the line for the unnamed routes has been seen. */
    private static boolean add(PermissionRules.Builder rules, List<String> words, boolean otherwise) {
        if (words.get(0).equals("otherwise")) {
            if (otherwise) {
                throw new IllegalArgumentException("a second 'otherwise'; keep one of them");
            }
            rules.unnamedRoutes(requirement(words.subList(1, words.size())));
            return true;
        }
        int path = IntStream.range(0, words.size())
                .filter(i -> words.get(i).startsWith("/"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no path; " + FORM));
        if (path == 0) {
            throw new IllegalArgumentException("no method; " + FORM);
        }
        addRule(rules, words.subList(0, path), words.get(path), words.subList(path + 1, words.size()));
        return otherwise;
    }

    /** Adds a route; after its path stand the requirement, the kinds of credential after {@code with}, the hosts after {@code on}. */
    private static void addRule(PermissionRules.Builder rules, List<String> methods, String path, List<String> said) {
        List<String> hosts = hosts(after("on", said));
        List<String> beforeHosts = before("on", said);
        rules.ruleOn(
                hosts,
                String.join(" ", methods),
                path,
                requirement(before("with", beforeHosts)),
                kinds(after("with", beforeHosts)));
    }

    private static List<String> before(String word, List<String> words) {
        return words.contains(word) ? words.subList(0, words.indexOf(word)) : words;
    }

    private static @Nullable List<String> after(String word, List<String> words) {
        return words.contains(word) ? words.subList(words.indexOf(word) + 1, words.size()) : null;
    }

    private static List<String> hosts(@Nullable List<String> named) {
        if (named == null) {
            return List.of();
        }
        if (named.isEmpty()) {
            throw new IllegalArgumentException("no host after 'on'; write names such as trades.example.com");
        }
        return named.stream().map(RulesText::withoutComma).toList();
    }

    private static String withoutComma(String word) {
        return word.endsWith(",") ? word.substring(0, word.length() - 1) : word;
    }

    private static Requirement requirement(List<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("no requirement; " + FORM);
        }
        String first = words.get(0);
        boolean reserved =
                List.of("anyone", "signed-in", "nobody", "with", "on").stream().anyMatch(words::contains);
        if (!reserved) {
            return Requirement.allOf(words);
        }
        if (words.size() > 1) {
            throw new IllegalArgumentException("anyone, signed-in and nobody stand alone; " + FORM);
        }
        return switch (first) {
            case "anyone" -> Requirement.anyone();
            case "signed-in" -> Requirement.signedIn();
            case "nobody" -> Requirement.nobody();
            default -> throw new IllegalArgumentException("'" + first + "' has no place here; " + FORM);
        };
    }

    private static CredentialKind[] kinds(@Nullable List<String> named) {
        if (named == null) {
            return new CredentialKind[0];
        }
        if (named.isEmpty()) {
            throw new IllegalArgumentException("no kind of credential after 'with'; " + known());
        }
        return named.stream().map(RulesText::withoutComma).map(RulesText::kind).toArray(CredentialKind[]::new);
    }

    private static CredentialKind kind(String name) {
        return Arrays.stream(CredentialKind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no kind of credential; " + known()));
    }

    private static String known() {
        return "write some of "
                + String.join(
                        ", ",
                        Arrays.stream(CredentialKind.values()).map(Enum::name).toList());
    }
}
