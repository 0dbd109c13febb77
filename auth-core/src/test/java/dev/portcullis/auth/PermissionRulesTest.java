package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 5: which rule a route has, and what is decided. */
class PermissionRulesTest {

    private static final Requirement READ = Requirement.allOf("catalog:read");
    private static final Requirement WRITE = Requirement.allOf("catalog:write");

    private static Caller caller(CredentialKind kind, String... permissions) {
        return Caller.of(kind, "user_1", Set.of(permissions), Map.of());
    }

    private static PermissionRules one(String methods, String pattern, Requirement requirement) {
        return PermissionRules.builder().rule(methods, pattern, requirement).build();
    }

    private static @Nullable Reason reason(Decision decision) {
        return decision instanceof Decision.Refused refused ? refused.reason() : null;
    }

    // What is decided

    @Test
    void a_caller_that_holds_the_permission_goes_on() {
        Decision decision = one("GET", "/leagues", READ)
                .decide(caller(CredentialKind.JWT, "catalog:read", "other"), "GET", "/leagues");

        assertThat(decision).isEqualTo(new Decision.Permitted());
    }

    /** "A permission is compared as an exact string: catalog:read is not catalog.read, Catalog:Read or catalog:*." */
    @ParameterizedTest
    @ValueSource(
            strings = {"catalog.read", "Catalog:Read", "catalog:*", "catalog:rea", "catalog:read ", "catalog:write"})
    void a_permission_is_compared_as_an_exact_string(String held) {
        Decision decision = one("GET", "/leagues", READ).decide(caller(CredentialKind.JWT, held), "GET", "/leagues");

        assertThat(reason(decision)).isEqualTo(Reason.MISSING_PERMISSION);
    }

    /** "A route names the permissions it requires …; all of them must be held." */
    @Test
    void all_permissions_must_be_held_and_the_refusal_names_them_in_their_given_order() {
        PermissionRules rules = one("GET", "/a", Requirement.allOf("z:last", "a:first", "m:middle"));

        Decision decision = rules.decide(caller(CredentialKind.JWT, "z:last", "m:middle"), "GET", "/a");

        assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.MISSING_PERMISSION);
            assertThat(refused.required()).containsExactly("z:last", "a:first", "m:middle");
        });
        assertThat(rules.decide(caller(CredentialKind.JWT, "m:middle", "a:first", "z:last"), "GET", "/a"))
                .isInstanceOf(Decision.Permitted.class);
    }

    /** "A route that no rule names is refused unless the configuration says otherwise: 401 without a credential, 403 with one." */
    @Test
    void a_route_that_no_rule_names_is_open_to_nobody() {
        PermissionRules rules = one("GET", "/a", Requirement.anyone());

        assertThat(reason(rules.decide(null, "GET", "/b"))).isEqualTo(Reason.NO_CREDENTIALS);
        assertThat(reason(rules.decide(caller(CredentialKind.JWT), "GET", "/b")))
                .isEqualTo(Reason.ROUTE_NOT_OPEN);
        assertThat(rules.requirementFor("GET", "/b")).isEqualTo(Requirement.nobody());
    }

    @Test
    void rules_without_any_rule_open_nothing() {
        PermissionRules rules = PermissionRules.builder().build();

        assertThat(reason(rules.decide(caller(CredentialKind.JWT), "GET", "/"))).isEqualTo(Reason.ROUTE_NOT_OPEN);
    }

    @Test
    void unnamed_routes_can_be_opened_by_name() {
        PermissionRules rules = PermissionRules.builder()
                .rule("GET", "/a", READ)
                .unnamedRoutes(Requirement.signedIn())
                .build();

        assertThat(reason(rules.decide(null, "GET", "/b"))).isEqualTo(Reason.NO_CREDENTIALS);
        assertThat(reason(rules.decide(caller(CredentialKind.CUSTOM), "GET", "/b")))
                .isNull();
        assertThat(reason(rules.decide(caller(CredentialKind.CUSTOM), "POST", "/a")))
                .isNull();
        assertThat(reason(rules.decide(caller(CredentialKind.CUSTOM), "GET", "/a")))
                .isEqualTo(Reason.MISSING_PERMISSION);
    }

    @Test
    void a_rule_for_anyone_lets_everybody_in() {
        PermissionRules rules = one("GET", "/health", Requirement.anyone());

        assertThat(reason(rules.decide(null, "GET", "/health"))).isNull();
        assertThat(reason(rules.decide(caller(CredentialKind.API_KEY), "GET", "/health")))
                .isNull();
    }

    @Test
    void a_rule_for_the_signed_in_lets_every_caller_in() {
        PermissionRules rules = one("GET", "/me", Requirement.signedIn());

        assertThat(reason(rules.decide(null, "GET", "/me"))).isEqualTo(Reason.NO_CREDENTIALS);
        assertThat(reason(rules.decide(caller(CredentialKind.JWT), "GET", "/me")))
                .isNull();
    }

    /** "Order of the decisions: credential, …, kind of credential, permission." */
    @Test
    void the_credential_is_decided_before_its_kind_and_the_kind_before_permissions() {
        PermissionRules rules = PermissionRules.builder()
                .rule("GET", "/a", READ, CredentialKind.JWT, CredentialKind.CUSTOM)
                .build();

        assertThat(reason(rules.decide(null, "GET", "/a"))).isEqualTo(Reason.NO_CREDENTIALS);
        assertThat(rules.decide(caller(CredentialKind.API_KEY), "GET", "/a"))
                .isEqualTo(new Decision.Refused(Reason.CREDENTIAL_KIND_NOT_ACCEPTED, Set.of()));
        assertThat(reason(rules.decide(caller(CredentialKind.API_KEY, "catalog:read"), "GET", "/a")))
                .isEqualTo(Reason.CREDENTIAL_KIND_NOT_ACCEPTED);
        assertThat(reason(rules.decide(caller(CredentialKind.JWT), "GET", "/a")))
                .isEqualTo(Reason.MISSING_PERMISSION);
        assertThat(reason(rules.decide(caller(CredentialKind.CUSTOM, "catalog:read"), "GET", "/a")))
                .isNull();
    }

    @Test
    void a_rule_without_kinds_accepts_every_kind() {
        PermissionRules rules = one("GET", "/a", Requirement.signedIn());

        assertThat(List.of(CredentialKind.values()))
                .allSatisfy(kind -> assertThat(reason(rules.decide(caller(kind), "GET", "/a")))
                        .isNull());
    }

    @Test
    void a_rule_can_shut_a_part_of_what_another_opens() {
        PermissionRules rules = PermissionRules.builder()
                .rule("*", "/docs/**", Requirement.anyone())
                .rule("*", "/docs/drafts/**", Requirement.nobody())
                .build();

        assertThat(reason(rules.decide(null, "GET", "/docs/a/b"))).isNull();
        assertThat(reason(rules.decide(null, "GET", "/docs/drafts/b"))).isEqualTo(Reason.NO_CREDENTIALS);
        assertThat(reason(rules.decide(caller(CredentialKind.JWT), "GET", "/docs/drafts")))
                .isEqualTo(Reason.ROUTE_NOT_OPEN);
    }

    // Which paths a pattern matches

    @ParameterizedTest
    @CsvSource({
        "/, /, true",
        "/, /a, false",
        "/a, /a, true",
        "/a, /a/, true",
        "/a/, /a, true",
        "/a/, /a/, true",
        "/a, /, false",
        "/a, /a/b, false",
        "/a, /ab, false",
        "/ab, /a, false",
        "/a/b, /a, false",
        "/{x}, /a, true",
        "/{x}, /a/, true",
        "/{x}, /, false",
        "/{x}, /a/b, false",
        "/a/{x}/c, /a/b/c, true",
        "/a/{x}/c, /a/b/d, false",
        "/a/{x}/c, /a/c, false",
        "/**, /, true",
        "/**, /a, true",
        "/**, /a/b/c/d/e/, true",
        "/a/**, /a, true",
        "/a/**, /a/, true",
        "/a/**, /a/b/c, true",
        "/a/**, /ab, false",
        "/a/**, /, false",
        "/a/**/, /a/b, true",
        "/a/{x}/**, /a, false",
        "/a/{x}/**, /a/b, true",
        "/a/{x}/**, /a/b/c/d, true",
        "/a, /%61, true",
        "/{x}, /%C3%A9, true",
        "/{x}, /%F0%9F%92%A9, true",
        "/{x}, /a%20b%3Fc%23d, true",
        "/{x}, /..., true",
        "/{x}, /.well-known, true",
        "/{x}, /a..b, true",
        "/{x}, '/-._~!$&''()*+,=:@', true",
        "'/-._~!$&''()+,=:@', '/-._~!$&''()%2b%2C=:%40', true",
        "/.well-known/jwks.json, /%2Ewell-known/jwks.json, true",
        "/languages/{x}, /languages/c%23, true",
        "/languages/{x}, /languages/%23c, false",
        "/a, /a%20, false",
        "/a, /%C3%A1, false",
        "/a/b, /a%20/b, false",
    })
    void literals_variables_and_the_rest_match(String pattern, String path, boolean matches) {
        PermissionRules rules = one("GET", pattern, Requirement.anyone());

        assertThat(rules.requirementFor("GET", path)).isEqualTo(matches ? Requirement.anyone() : Requirement.nobody());
    }

    /** "A rule with more literal segments beats one with fewer." */
    @ParameterizedTest
    @CsvSource({
        "/a/b/c, three",
        "/a/b/x, two",
        "/a/x/x, one",
        "/x/x/x, none",
        "/x/b/c, behind",
        "/x/y/c, none",
        "/a/b, two",
        "/a, one",
        "/, none",
    })
    void the_rule_with_more_literal_segments_wins(String path, String winner) {
        PermissionRules rules = PermissionRules.builder()
                .rule("GET", "/**", Requirement.allOf("none"))
                .rule("GET", "/a/**", Requirement.allOf("one"))
                .rule("GET", "/a/b/c", Requirement.allOf("three"))
                .rule("GET", "/a/b/**", Requirement.allOf("two"))
                .rule("GET", "/x/{y}/c", Requirement.allOf("none"))
                .rule("GET", "/x/b/c", Requirement.allOf("behind"))
                .build();

        assertThat(rules.requirementFor("GET", path)).isEqualTo(Requirement.allOf(winner));
    }

    /** The literal branch leads nowhere, or to fewer literals: the variable branch must be explored as well. */
    @Test
    void literals_behind_a_variable_count_as_much_as_those_before_it() {
        PermissionRules rules = PermissionRules.builder()
                .rule("GET", "/a/{x}/{y}", Requirement.allOf("one"))
                .rule("GET", "/{x}/b/c", Requirement.allOf("two"))
                .rule("GET", "/a/{x}/{y}/d", Requirement.allOf("four"))
                .rule("GET", "/{v}/{w}/{x}/{y}/e", Requirement.allOf("five"))
                .build();

        assertThat(rules.requirementFor("GET", "/a/b/c")).isEqualTo(Requirement.allOf("two"));
        assertThat(rules.requirementFor("GET", "/a/b/d")).isEqualTo(Requirement.allOf("one"));
        assertThat(rules.requirementFor("GET", "/a/b/c/d")).isEqualTo(Requirement.allOf("four"));
        assertThat(rules.requirementFor("GET", "/a/b/c/d/e")).isEqualTo(Requirement.allOf("five"));
        assertThat(rules.requirementFor("GET", "/a/b")).isEqualTo(Requirement.nobody());
    }

    @Test
    void the_order_in_which_rules_are_named_makes_no_difference() {
        PermissionRules.Builder forwards =
                PermissionRules.builder().rule("GET", "/a/{x}", READ).rule("GET", "/a/b", WRITE);
        PermissionRules.Builder backwards =
                PermissionRules.builder().rule("GET", "/a/b", WRITE).rule("GET", "/a/{x}", READ);

        assertThat(List.of(forwards.build(), backwards.build())).allSatisfy(rules -> {
            assertThat(rules.requirementFor("GET", "/a/b")).isEqualTo(WRITE);
            assertThat(rules.requirementFor("GET", "/a/c")).isEqualTo(READ);
        });
    }

    @Test
    void a_builder_used_again_leaves_what_it_built_alone() {
        PermissionRules.Builder builder = PermissionRules.builder().rule("GET", "/a", READ);
        PermissionRules first = builder.build();
        builder.rule("GET", "/b", READ).unnamedRoutes(Requirement.anyone());

        assertThat(first.requirementFor("GET", "/b")).isEqualTo(Requirement.nobody());
        assertThat(builder.build().requirementFor("GET", "/b")).isEqualTo(READ);
    }

    // Methods

    /** "HEAD counts as GET." */
    @Test
    void head_counts_as_get() {
        PermissionRules rules = PermissionRules.builder()
                .rule("GET", "/a", READ)
                .rule("POST", "/a", WRITE)
                .rule("POST", "/b", WRITE)
                .rule("*", "/c", READ)
                .build();

        assertThat(rules.requirementFor("HEAD", "/a")).isEqualTo(READ);
        assertThat(rules.requirementFor("HEAD", "/b")).isEqualTo(Requirement.nobody());
        assertThat(rules.requirementFor("HEAD", "/c")).isEqualTo(READ);
    }

    @Test
    void one_rule_can_name_several_methods_or_all() {
        PermissionRules rules = PermissionRules.builder()
                .rule("POST, PUT,PATCH", "/a", WRITE)
                .rule(" * ", "/b", READ)
                .build();

        assertThat(List.of("POST", "PUT", "PATCH"))
                .allSatisfy(
                        method -> assertThat(rules.requirementFor(method, "/a")).isEqualTo(WRITE));
        assertThat(List.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "M-SEARCH"))
                .allSatisfy(method -> {
                    assertThat(rules.requirementFor(method, "/a")).isEqualTo(Requirement.nobody());
                    assertThat(rules.requirementFor(method, "/b")).isEqualTo(READ);
                });
    }

    /** RFC 9110 section 9.1: "The method token is case-sensitive." */
    @ParameterizedTest
    @ValueSource(strings = {"get", "Get", "gET", "post", "", " GET", "GET ", "*", "GET, POST", "GET\0", "ＧＥＴ", "GEŢ"})
    void a_method_in_another_spelling_is_open_to_nobody(String method) {
        PermissionRules rules = PermissionRules.builder()
                .rule("GET", "/a", Requirement.anyone())
                .rule("*", "/b", Requirement.anyone())
                .unnamedRoutes(Requirement.anyone())
                .build();

        assertThat(List.of("/a", "/b", "/c"))
                .allSatisfy(
                        path -> assertThat(rules.requirementFor(method, path)).isEqualTo(Requirement.nobody()));
    }

    /** A rule with more literals counts only if it is for the request's method. */
    @Test
    void the_method_is_matched_before_literals_are_counted() {
        PermissionRules rules = PermissionRules.builder()
                .rule("*", "/a/{x}", READ)
                .rule("POST, DELETE", "/a/b", WRITE)
                .build();

        assertThat(rules.requirementFor("GET", "/a/b")).isEqualTo(READ);
        assertThat(rules.requirementFor("DELETE", "/a/b")).isEqualTo(WRITE);
    }

    private record Asked(String method, String path) implements AuthRequest {

        @Override
        public List<String> headers(String name) {
            return List.of();
        }
    }

    private record AskedWithoutALook(String method) implements AuthRequest {

        @Override
        public String path() {
            throw new AssertionError("The path was looked at");
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }
    }

    /** Rules that make an exception of one route are asked at each request. */
    @Test
    void no_path_is_looked_at_for_a_method_that_is_shut_everywhere() {
        PermissionRules rules = one("POST", "/login", Requirement.anyone());

        assertThat(reason(rules.decide(null, new AskedWithoutALook("GET")))).isEqualTo(Reason.NO_CREDENTIALS);
        assertThat(reason(rules.decide(caller(CredentialKind.JWT), new AskedWithoutALook("post"))))
                .isEqualTo(Reason.ROUTE_NOT_OPEN);
    }

    @Test
    void a_method_without_rules_is_not_shut_where_other_routes_are_open_or_rules_are_for_every_method() {
        PermissionRules open = PermissionRules.builder()
                .rule("POST", "/login", Requirement.anyone())
                .unnamedRoutes(Requirement.anyone())
                .build();

        assertThat(open.decide(null, new Asked("GET", "/a"))).isEqualTo(new Decision.Permitted());
        assertThat(reason(open.decide(null, new Asked("GET", "/a/../b")))).isEqualTo(Reason.NO_CREDENTIALS);
        assertThat(one("*", "/{x}", Requirement.anyone()).decide(null, new Asked("TRACE", "/a")))
                .isEqualTo(new Decision.Permitted());
        assertThat(one("*", "/**", Requirement.anyone()).decide(null, new Asked("TRACE", "/")))
                .isEqualTo(new Decision.Permitted());
    }
}
