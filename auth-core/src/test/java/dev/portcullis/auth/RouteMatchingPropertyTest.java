package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random rules and requests, against a matcher that works by regular expressions on the decoded path. */
class RouteMatchingPropertyTest {

    private static final List<String> METHODS = List.of("GET", "POST", "*", "GET, POST", "PUT");
    private static final List<String> LITERALS = List.of("a", "B", "ki", "Sb");
    private static final List<String> SEGMENTS = List.of("a", "b", "ki", "sb", "zz");

    /** A rule as the oracle sees it. */
    private record Rule(String methods, String pattern, int number) {

        Requirement requirement() {
            return Requirement.allOf("rule-" + number);
        }

        boolean isFor(String method) {
            String counts = method.equals("HEAD") ? "GET" : method;
            return methods.equals("*") || Set.of(methods.split(", ")).contains(counts);
        }

        boolean matches(String decoded, boolean ignoreCase) {
            String regex = pattern.replaceAll("/\\{\\w+}", "/[^/]+").replaceFirst("/\\*\\*$", "(/[^/]+)*");
            int flags = ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
            return Pattern.compile(regex + "/?", flags).matcher(decoded).matches();
        }

        long literals() {
            return Stream.of(pattern.split("/"))
                    .filter(s -> !s.isEmpty() && !s.equals("**") && !s.startsWith("{"))
                    .count();
        }
    }

    @Test
    void every_request_meets_the_rule_that_a_naive_matcher_finds() {
        int decided = 0;
        for (long seed = 0; seed < 600; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            boolean ignoreCase = random.nextInt(3) > 0;
            List<Rule> rules = rulesWithoutTies(random, ignoreCase);
            PermissionRules built = build(rules, ignoreCase);
            for (int i = 0; i < 40; i++) {
                String method =
                        List.of("GET", "HEAD", "POST", "PUT", "DELETE", "get").get(random.nextInt(6));
                String path = path(random);
                Requirement expected = expected(rules, method, path, ignoreCase);
                assertThat(built.requirementFor(method, path))
                        .as("seed %d: %s %s among %s, ignoring case: %s", seed, method, path, rules, ignoreCase)
                        .isEqualTo(expected);
                decided += expected instanceof Requirement.AllOf ? 1 : 0;
            }
        }
        assertThat(decided).as("requests that met a rule").isGreaterThan(3_000);
    }

    @Test
    void build_refuses_exactly_the_rules_that_tie_on_some_path() {
        List<String> paths = allPaths(4);
        int ties = 0;
        for (long seed = 0; seed < 3000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            boolean ignoreCase = random.nextBoolean();
            Rule one = rule(random, 1);
            Rule other = rule(random, 2);
            @Nullable String tie = tie(one, other, paths, ignoreCase);
            try {
                build(List.of(one, other), ignoreCase);
                assertThat(tie)
                        .as("seed %d: %s and %s were allowed", seed, one, other)
                        .isNull();
            } catch (IllegalArgumentException e) {
                if (tie == null) {
                    fail("seed " + seed + ": " + one + " and " + other + " never tie", e);
                }
                ties++;
            }
        }
        assertThat(ties).as("pairs of rules that tie").isBetween(200, 2800);
    }

    // The oracle

    private static Requirement expected(List<Rule> rules, String method, String path, boolean ignoreCase) {
        String decoded = decoded(path);
        if (decoded == null || method.equals("get")) {
            return Requirement.nobody();
        }
        Rule exact = best(rules, method, decoded, false);
        Rule similar = best(rules, method, decoded, ignoreCase);
        if (!java.util.Objects.equals(exact, similar)) {
            return Requirement.nobody();
        }
        return exact == null ? Requirement.anyone() : exact.requirement();
    }

    private static @Nullable Rule best(List<Rule> rules, String method, String decoded, boolean ignoreCase) {
        Rule best = null;
        for (Rule rule : rules) {
            boolean candidate = rule.isFor(method) && rule.matches(decoded, ignoreCase);
            if (candidate && (best == null || rule.literals() > best.literals())) {
                best = rule;
            }
        }
        return best;
    }

    /** The decoded path, or null if it can be read in two ways. */
    private static @Nullable String decoded(String path) {
        if (!path.matches("(/([A-Za-z0-9._~!$&'()*+,=:@-]|%[0-9A-Fa-f]{2})+)*/?") || path.isEmpty()) {
            return null;
        }
        String latin = Pattern.compile("%(..)").matcher(path).replaceAll(RouteMatchingPropertyTest::characterOf);
        String decoded;
        try {
            ByteBuffer bytes = ByteBuffer.wrap(latin.getBytes(StandardCharsets.ISO_8859_1));
            decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
        boolean anotherSlash = decoded.chars().filter(c -> c == '/').count()
                != path.chars().filter(c -> c == '/').count();
        boolean unclear = anotherSlash
                || decoded.chars().anyMatch(c -> Character.isISOControl(c) || "\\;%".indexOf(c) >= 0)
                || Stream.of(decoded.split("/")).anyMatch(s -> s.equals(".") || s.equals(".."));
        return unclear ? null : decoded;
    }

    private static String characterOf(MatchResult escape) {
        String character = String.valueOf((char) HexFormat.fromHexDigits(escape.group(1)));
        return Matcher.quoteReplacement(character);
    }

    private static @Nullable String tie(Rule one, Rule other, List<String> paths, boolean ignoreCase) {
        boolean method = Stream.of("GET", "POST", "PUT", "DELETE").anyMatch(m -> one.isFor(m) && other.isFor(m));
        if (!method || one.literals() != other.literals()) {
            return null;
        }
        return paths.stream()
                .filter(path -> one.matches(path, ignoreCase) && other.matches(path, ignoreCase))
                .findFirst()
                .orElse(null);
    }

    /** Every path of some segments; with capitals where the literals have them. */
    private static List<String> allPaths(int depth) {
        List<String> paths = new ArrayList<>(List.of(""));
        List<String> all = new ArrayList<>(List.of("/"));
        for (int i = 0; i < depth; i++) {
            paths = paths.stream()
                    .flatMap(path ->
                            Stream.concat(LITERALS.stream(), Stream.of("b")).map(s -> path + "/" + s))
                    .toList();
            all.addAll(paths);
        }
        return all;
    }

    // The generators

    private static List<Rule> rulesWithoutTies(SplittableRandom random, boolean ignoreCase) {
        List<String> paths = allPaths(4);
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Rule rule = rule(random, i);
            if (rules.stream().allMatch(other -> tie(rule, other, paths, ignoreCase) == null)) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private static Rule rule(SplittableRandom random, int number) {
        StringBuilder pattern = new StringBuilder();
        int length = random.nextInt(4);
        for (int i = 0; i < length; i++) {
            boolean variable = random.nextInt(5) < 2;
            pattern.append('/').append(variable ? "{v" + i + "}" : LITERALS.get(random.nextInt(LITERALS.size())));
        }
        if (random.nextInt(4) == 0) {
            pattern.append("/**");
        } else if (length == 0) {
            pattern.append('/');
        }
        return new Rule(METHODS.get(random.nextInt(METHODS.size())), pattern.toString(), number);
    }

    private static PermissionRules build(List<Rule> rules, boolean ignoreCase) {
        PermissionRules.Builder builder = PermissionRules.builder().unnamedRoutes(Requirement.anyone());
        rules.forEach(rule -> builder.rule(rule.methods(), rule.pattern(), rule.requirement()));
        return ignoreCase ? builder.build() : builder.distinguishCase().build();
    }

    private static String path(SplittableRandom random) {
        StringBuilder path = new StringBuilder();
        int length = random.nextInt(5);
        for (int i = 0; i < length; i++) {
            boolean literal = random.nextBoolean();
            List<String> from = literal ? LITERALS : SEGMENTS;
            path.append('/').append(respelled(from.get(random.nextInt(from.size())), random));
        }
        if (length == 0 || random.nextInt(6) == 0) {
            path.append('/');
        }
        if (random.nextInt(8) == 0) {
            List<String> odd = List.of(
                    "/",
                    "//",
                    ".",
                    "..",
                    "/.",
                    "%2e",
                    "%2F",
                    "%5C",
                    "%3b",
                    ";",
                    "%25",
                    "%00",
                    "%C2%85",
                    "%C3",
                    "%",
                    "%zz",
                    "\\",
                    "\u00e9",
                    "%C3%A9",
                    "%F0%9F%92%A9",
                    "%ED%A0%80",
                    "%20",
                    "+");
            path.insert(random.nextInt(path.length() + 1), odd.get(random.nextInt(odd.size())));
        }
        return path.toString();
    }

    /** The same letters, now and then encoded, in the other case, or replaced by one that folds to it. */
    private static String respelled(String segment, SplittableRandom random) {
        return segment.chars()
                .mapToObj(c -> {
                    int way = random.nextInt(24);
                    if (way == 0) {
                        return String.format("%%%02x", c);
                    }
                    if (way == 1) {
                        return String.format("%%%02X", c ^ 0x20);
                    }
                    if (way == 2 && (c | 0x20) == 'k') {
                        return "%E2%84%AA";
                    }
                    if (way == 2 && (c | 0x20) == 's') {
                        return "%c5%bf";
                    }
                    return Character.toString(way == 3 ? c ^ 0x20 : c);
                })
                .collect(Collectors.joining());
    }
}
