package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random spellings, read the way careless servers read paths: whatever one of them would serve as the protected path is
 * never let through by rules that are open for all else.
 */
class PathSafetyPropertyTest {

    private static final String PROTECTED = "/admin/keys";

    private static final PermissionRules RULES = PermissionRules.builder()
            .rule("*", PROTECTED, Requirement.allOf("admin"))
            .rule("*", "/**", Requirement.anyone())
            .unnamedRoutes(Requirement.anyone())
            .build();

    private static final List<String> PIECES = List.of(
            "/",
            "//",
            "/.",
            "/..",
            "/./",
            "/x/../",
            "/%2e",
            "/%2E%2e",
            "/.%2e/",
            "%2f",
            "%2F",
            "%5c",
            "\\",
            ";",
            ";x=y",
            ";/",
            "%3b",
            "%3Bx",
            "%00",
            "\0",
            "%0a",
            "\t",
            "%20",
            " ",
            "%25",
            "%",
            "?",
            "#",
            "%c0%af",
            "%C0%AE",
            "%e0%80%af",
            "%61",
            "%4b",
            "%E2%84%AA",
            "\u212a",
            "%c5%bf",
            "\u0131",
            "%ef%bc%8f",
            "..",
            ".",
            "x",
            "admin",
            "/admin",
            "/keys");

    /** What servers have been seen to do to a path. Each reader does some of these, in some order. */
    private static final List<UnaryOperator<String>> STEPS = List.of(
            PathSafetyPropertyTest::decoded,
            PathSafetyPropertyTest::decoded,
            path -> path.replaceAll(";[^/]*", ""),
            path -> path.replace('\\', '/'),
            path -> path.replaceAll("/+", "/"),
            PathSafetyPropertyTest::withoutDotSegments,
            path -> path.toLowerCase(Locale.ROOT),
            path -> path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT),
            path -> path.replaceAll("[\0?#].*", ""),
            path -> path.replaceAll("[\\x00-\\x1f\\x7f]", ""));

    @Test
    void no_reading_of_a_path_gets_round_its_rule() {
        int hostile = 0;
        for (long seed = 0; seed < 60_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String path = mutated(random);
            String read = read(path, random);
            if (read.equals(PROTECTED) || read.equals(PROTECTED + "/")) {
                hostile += path.equals(PROTECTED) ? 0 : 1;
                assertThat(RULES.decide(null, "GET", path))
                        .as("seed %d: %s", seed, path)
                        .isInstanceOf(Decision.Refused.class);
            }
        }
        assertThat(hostile).as("hostile spellings tried").isGreaterThan(5_000);
    }

    private static String mutated(SplittableRandom random) {
        StringBuilder path = new StringBuilder(PROTECTED);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(path.length() + 1);
            if (random.nextInt(3) > 0) {
                path.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            } else if (at < path.length()) {
                char c = path.charAt(at);
                String other = random.nextBoolean() ? String.format("%%%02x", (int) c) : respelled(c);
                path.replace(at, at + 1, other);
            }
        }
        return path.toString();
    }

    private static String respelled(char c) {
        return switch (c) {
            case 'k' -> "%E2%84%AA";
            case 's' -> "%C5%BF";
            case 'i' -> "%C4%B1";
            case '/' -> "%c0%af";
            default -> Character.toString(Character.toUpperCase(c));
        };
    }

    private static String read(String path, SplittableRandom random) {
        String read = path;
        for (int i = 0; i < 2 * STEPS.size(); i++) {
            read = STEPS.get(random.nextInt(STEPS.size())).apply(read);
        }
        return read;
    }

    /** Takes over-long and Latin-1 bytes as well as UTF-8, and leaves broken escapes alone. */
    private static String decoded(String path) {
        String ascii = Pattern.compile("%([0-7][0-9a-fA-F])")
                .matcher(path.replaceAll("(?i)%c0%af|%e0%80%af", "/").replaceAll("(?i)%c0%ae", "."))
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) HexFormat.fromHexDigits(escape.group(1)))));
        return ascii.replaceAll("(?i)%e2%84%aa", "\u212a")
                .replaceAll("(?i)%c5%bf", "\u017f")
                .replaceAll("(?i)%c4%b1", "\u0131");
    }

    private static String withoutDotSegments(String path) {
        ArrayDeque<String> kept = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        String joined = kept.stream().collect(Collectors.joining("/"));
        return joined.startsWith("/") ? joined : "/" + joined;
    }
}
