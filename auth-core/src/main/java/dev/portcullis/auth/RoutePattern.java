package dev.portcullis.auth;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The path of a rule: literal segments, variables for one segment, and at its end perhaps {@code /**} for any number of
 * further segments. Literals are ASCII, so that a path has no second spelling by Unicode normalization.
 */
final class RoutePattern {

    private static final String REST = "**";

    /** What stands for a variable in an example of a request. */
    private static final String EXAMPLE = "x";

    /** One for each segment; null where any segment will do. */
    private final @Nullable String[] literals;

    private final boolean rest;
    private final int literalCount;

    private RoutePattern(@Nullable String[] literals, boolean rest) {
        this.literals = literals;
        this.rest = rest;
        int count = 0;
        for (String literal : literals) {
            count += literal == null ? 0 : 1;
        }
        this.literalCount = count;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it is not one, with what to write instead
     */
    static RoutePattern parse(String text) {
        require(text.startsWith("/"), "must begin with '/'");
        String path = text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        List<String> segments = new ArrayList<>(List.of(path.substring(1).split("/", -1)));
        if (text.equals("/")) {
            segments.clear();
        }
        boolean rest = !segments.isEmpty() && segments.get(segments.size() - 1).equals(REST);
        if (rest) {
            segments.remove(segments.size() - 1);
        }
        Set<String> variables = new HashSet<>();
        @Nullable String[] literals = new String[segments.size()];
        for (int i = 0; i < literals.length; i++) {
            literals[i] = literal(segments.get(i), variables);
        }
        return new RoutePattern(literals, rest);
    }

    private static @Nullable String literal(String segment, Set<String> variables) {
        require(!segment.isEmpty(), "has an empty segment: write one '/' between segments");
        require(!segment.equals(REST), "has '**' before its end: it stands for all further segments, so it comes last");
        require(!segment.equals(".") && !segment.equals(".."), "has a dot segment: no such request is ever served");
        if (!segment.startsWith("{") || !segment.endsWith("}")) {
            segment.chars().forEach(RoutePattern::requireLiteral);
            return segment;
        }
        String name = segment.substring(1, segment.length() - 1);
        require(
                name.matches("[A-Za-z_][A-Za-z0-9_-]*"),
                "has the variable " + segment + ", whose name must be a letter, then letters, digits, '_' and '-'");
        require(variables.add(name), "has the variable " + segment + " twice: give each its own name");
        return null;
    }

    private static void requireLiteral(int c) {
        require(c != '{' && c != '}', "has a brace inside a segment: a variable is a whole segment, such as {id}");
        require(
                c != '*',
                "has '*' inside a segment: write {name} for one segment, or '/**' at the end for any further");
        require(c != '%', "has '%': write literal segments decoded");
        require(c != ';', "has ';': path parameters are never served");
        require(c != '?' && c != '#', "has '" + (char) c + "': rules are about the path alone");
        require(c >= ' ' && c != 0x7F, "has a control character");
        require(c < 0x7F, "has a character beyond ASCII: write a variable in its place");
        require(RequestPath.isPlain(c), "has '" + (char) c + "', which cannot stand in a path (RFC 3986 section 3.3)");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("the pattern " + otherwise);
        }
    }

    /** How many segments come before the end, or before {@code /**}. */
    int length() {
        return literals.length;
    }

    /** The literal at an index, or null where any segment will do. */
    @Nullable
    String literal(int index) {
        return literals[index];
    }

    boolean hasRest() {
        return rest;
    }

    int literalCount() {
        return literalCount;
    }

    /** Whether some path matches both patterns. */
    boolean overlaps(RoutePattern other, boolean fold) {
        int shared = Math.min(length(), other.length());
        for (int i = 0; i < shared; i++) {
            String mine = literal(i);
            String its = other.literal(i);
            if (mine != null && its != null && !(fold ? mine.equalsIgnoreCase(its) : mine.equals(its))) {
                return false;
            }
        }
        return (length() == shared || other.rest) && (other.length() == shared || rest);
    }

    /** A path that matches both patterns, if they overlap. */
    String exampleWith(RoutePattern other) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < Math.max(length(), other.length()); i++) {
            String mine = i < length() ? literal(i) : null;
            String its = i < other.length() ? other.literal(i) : null;
            path.append('/').append(mine != null ? mine : its != null ? its : EXAMPLE);
        }
        return path.length() == 0 ? "/" : path.toString();
    }

    /** Whether a sound path that matches this pattern without regard to case also matches it with regard to case. */
    boolean matchesCaseOf(String path) {
        int from = 1;
        for (String literal : literals) {
            int to = RequestPath.segmentEnd(path, from);
            if (literal != null && !Segment.is(literal, path, from, to, false)) {
                return false;
            }
            from = to + 1;
        }
        return true;
    }
}
