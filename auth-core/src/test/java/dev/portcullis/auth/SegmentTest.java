package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One segment of a path against one literal of a rule. */
class SegmentTest {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

    private static boolean is(String literal, String segment, boolean fold) {
        return Segment.is(literal, segment, 0, segment.length(), fold);
    }

    @Test
    void every_letter_is_the_same_in_both_cases_and_nothing_else_is() {
        String capitals = LETTERS.toUpperCase(Locale.ROOT);
        assertThat(Segment.folded(capitals)).isEqualTo(LETTERS);
        assertThat(is(LETTERS, capitals, true)).isTrue();
        assertThat(is(LETTERS, capitals, false)).isFalse();
        assertThat(Segment.hash(capitals, 0, 26)).isEqualTo(Segment.hash(LETTERS, 0, 26));
        assertThat(Segment.folded("@[`{09-._~")).isEqualTo("@[`{09-._~");
        assertThat(is("`", "@", true)).isFalse();
    }

    @Test
    void escapes_are_what_they_stand_for() {
        String literal = "a@Z~";
        StringBuilder escaped = new StringBuilder();
        literal.chars().forEach(c -> escaped.append(String.format("%%%02x", c)));
        assertThat(is(literal, escaped.toString(), false)).isTrue();
        assertThat(Segment.hash(escaped.toString(), 0, escaped.length())).isEqualTo(Segment.hash(literal, 0, 4));
        assertThat(is(literal, escaped + "x", false)).isFalse();
        assertThat(is(literal + "x", escaped.toString(), false)).isFalse();
    }

    /** A longer spelling than a literal can have is not looked at. */
    @Test
    void the_longest_spelling_of_a_literal_is_still_that_literal() {
        PermissionRules rules = PermissionRules.builder()
                .rule("GET", "/kk", Requirement.allOf("k"))
                .rule("GET", "/**", Requirement.anyone())
                .build();
        assertThat(rules.requirementFor("GET", "/%6b%6B")).isEqualTo(Requirement.allOf("k"));
        assertThat(rules.requirementFor("GET", "/%E2%84%AA%E2%84%AA")).isEqualTo(Requirement.nobody());
        assertThat(rules.requirementFor("GET", "/%E2%84%AA%E2%84%AAk")).isEqualTo(Requirement.anyone());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a%2f | write literal segments decoded",
                "/a;b | path parameters are never served",
                "/a?b | rules are about the path alone",
                "/a#b | rules are about the path alone",
                "/a*b | write {name} for one segment",
                "/a{b | a variable is a whole segment",
                "/a\u007f | a control character",
                "/\u00e9 | write a variable in its place",
                "/a^b | which cannot stand in a path"
            })
    void a_pattern_that_matches_nothing_is_refused_with_the_remedy(String pattern, String remedy) {
        assertThatThrownBy(() -> PermissionRules.builder()
                        .rule("GET", pattern, Requirement.anyone())
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(remedy);
    }
}
