package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that cannot be read, or that contradict each other, are refused when they are built. */
class RuleRefusalTest {

    private static final Requirement READ = Requirement.allOf("read");

    private static PermissionRules.Builder rules() {
        return PermissionRules.builder();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``, begin with '/'",
                "a, begin with '/'",
                "**, begin with '/'",
                "//, empty segment",
                "/a//b, empty segment",
                "//a, empty segment",
                "/a//, empty segment",
                "/**/a, before its end",
                "/a/**/b/**, before its end",
                "/a/., dot segment",
                "/a/../b, dot segment",
                "/a/*, '*' inside",
                "/a/b*, '*' inside",
                "/a/***, '*' inside",
                "/a**, '*' inside",
                "/a/{x}{y}, name must be",
                "/a/b{x}, brace inside",
                "/a/{x}.json, brace inside",
                "/a/{x, brace inside",
                "/a/x}, brace inside",
                "/a/{}, name must be",
                "/a/{1}, name must be",
                "/a/{x y}, name must be",
                "/a/{id:[0-9]+}, name must be",
                "/a/{*rest}, name must be",
                "/a/{x}/b/{x}, {x} twice",
                "/a%20b, '%'",
                "/%61, '%'",
                "/a;v=1, ';'",
                "/a?b=c, '?'",
                "/a#b, '#'",
                "/a b, ' '",
                "/a\\b, '\\'",
                "/a|b, '|'",
                "/caf\u00e9, beyond ASCII",
                "/\u212aey, beyond ASCII",
                "/\ud83d\ude00, beyond ASCII",
            })
    void a_bad_pattern_is_refused_by_name(String pattern, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules().rule("GET", pattern, READ).build())
                .withMessageContaining("'GET " + pattern + "'")
                .withMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(chars = {'\0', '\t', '\n', '\r', '\u001f', '\u007f'})
    void a_control_character_in_a_pattern_is_refused(char control) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules().rule("GET", "/a" + control, READ).build())
                .withMessageContaining("control character");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "get, upper-case",
                "Get, upper-case",
                "``, upper-case",
                "`GET,`, upper-case",
                "`GET POST`, upper-case",
                "GET;POST, upper-case",
                "`GET, *`, '*' alone",
                "**, upper-case",
                "HEAD, write GET",
                "`GET, HEAD`, write GET",
                "`PUT, PUT`, PUT twice",
            })
    void bad_methods_are_refused_by_name(String methods, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules().rule(methods, "/a", READ).build())
                .withMessageContaining("'" + methods + " /a'")
                .withMessageContaining(why);
    }

    @Test
    void kinds_of_credential_on_a_route_for_anyone_or_nobody_contradict_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules().rule("GET", "/a", Requirement.anyone(), CredentialKind.JWT)
                        .build())
                .withMessageContaining("'GET /a'")
                .withMessageContaining("signedIn()");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules().rule("GET", "/a", Requirement.nobody(), CredentialKind.JWT)
                        .build())
                .withMessageContaining("nobody()");
    }

    /** "Two that could match one request equally well are refused when the rules are built." */
    @ParameterizedTest
    @CsvSource({
        "GET, /a, GET, /a, GET /a",
        "GET, /a, GET, /a/, GET /a",
        "GET, /a/{x}, GET, /a/{y}, GET /a/x",
        "GET, /a/{x}, GET, /{y}/b, GET /a/b",
        "GET, /a/**, GET, /{x}/b, GET /a/b",
        "GET, /a/**, GET, /a/{x}, GET /a/x",
        "GET, /a/**, GET, /a, GET /a",
        "GET, /**, GET, /, GET /",
        "GET, /**, GET, /{x}, GET /x",
        "GET, /**, GET, /{x}/**, GET /x",
        "GET, /api/**, GET, /api/{id}, GET /api/x",
        "GET, /a/{x}/**, GET, /{y}/b/**, GET /a/b",
        "GET, /a/{x}/{y}/d, GET, /{v}/b/c/{w}, GET /a/b/c/d",
        "*, /a, GET, /a, GET /a",
        "DELETE, /a, *, /a, DELETE /a",
        "*, /a, *, /a, GET /a",
        "'GET, POST', /a, 'PUT, POST', /a, POST /a",
    })
    void rules_that_match_one_request_equally_well_are_refused_with_an_example(
            String methods, String pattern, String otherMethods, String otherPattern, String example) {
        PermissionRules.Builder builder = rules().rule("GET", "/other", READ)
                .rule(methods, pattern, READ)
                .rule(otherMethods, otherPattern, Requirement.signedIn());

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("'" + methods + " " + pattern + "'")
                .withMessageContaining("'" + otherMethods + " " + otherPattern + "'")
                .withMessageContaining("such as " + example + ".")
                .withMessageContaining("unnamedRoutes");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /a, POST, /a",
        "GET, /a, GET, /b",
        "GET, /a/{x}, GET, /a/{x}/b",
        "GET, /a/{x}, GET, /a/{x}/{y}",
        "GET, /a/{x}/c, GET, /{y}/b/d",
        "GET, /a/**, GET, /a/b",
        "GET, /a/**, GET, /b/**",
        "GET, /a/b/**, GET, /a/{x}",
        "GET, /**, GET, /a",
        "*, /a/{x}, GET, /a/b",
    })
    void rules_of_which_one_wins_or_that_never_meet_are_allowed(
            String methods, String pattern, String otherMethods, String otherPattern) {
        assertThat(rules().rule(methods, pattern, READ)
                        .rule(otherMethods, otherPattern, READ)
                        .build())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /A",
        "/admin/{x}, /Admin/{y}",
        "/a/{x}, /{y}/B",
        "/A/{x}, /a/**",
        "/A/{x}/c, /a/B/{y}",
    })
    void rules_that_differ_by_case_alone_are_refused_unless_the_router_distinguishes_case(String one, String other) {
        PermissionRules.Builder builder = rules().rule("GET", one, READ).rule("GET", other, READ);
        boolean alsoExactly = one.equals("/a/{x}");

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("'GET " + one + "'")
                .withMessageContaining("'GET " + other + "'")
                .withMessageContaining(alsoExactly ? "unnamedRoutes" : "distinguishCase()");
        if (!alsoExactly) {
            assertThat(builder.distinguishCase().build()).isNotNull();
        }
    }

    @Test
    void a_bad_rule_is_reported_by_build_and_not_before() {
        PermissionRules.Builder builder = rules().rule("GET", "no slash", READ);

        assertThatIllegalArgumentException().isThrownBy(builder::build);
    }
}
