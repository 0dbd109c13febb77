package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the rules see is what the application serves: no second spelling of a protected path gets round its rule, whether
 * everything else is shut or open.
 */
class PathSafetyTest {

    private static final Requirement ADMIN = Requirement.allOf("admin");
    private static final Caller STRANGER = Caller.of(CredentialKind.JWT, "stranger", Set.of(), Map.of());
    private static final Caller HOLDER = Caller.of(CredentialKind.JWT, "holder", Set.of("admin"), Map.of());

    private static PermissionRules.Builder protectedPath() {
        return PermissionRules.builder().rule("*", "/admin/keys", ADMIN).rule("*", "/admin/keys/{id}", ADMIN);
    }

    private static final PermissionRules DENYING = protectedPath().build();
    private static final PermissionRules OPEN_UNLESS_NAMED =
            protectedPath().unnamedRoutes(Requirement.anyone()).build();
    private static final PermissionRules OPEN_BY_RULES = protectedPath()
            .rule("*", "/**", Requirement.anyone())
            .rule("*", "/admin/**", Requirement.anyone())
            .rule("*", "/x/**", Requirement.anyone())
            .unnamedRoutes(Requirement.anyone())
            .build();
    private static final PermissionRules OPEN_TO_THE_SIGNED_IN =
            protectedPath().unnamedRoutes(Requirement.signedIn()).build();
    private static final PermissionRules OPEN_WITH_CASE = protectedPath()
            .rule("*", "/**", Requirement.anyone())
            .unnamedRoutes(Requirement.anyone())
            .distinguishCase()
            .build();

    static Stream<String> hostile() {
        return Stream.of(
                // Dot segments, plain and encoded (RFC 3986 section 5.2.4)
                "/./admin/keys",
                "/admin/./keys",
                "/admin/keys/.",
                "/admin/keys/./",
                "/x/../admin/keys",
                "/admin/x/../keys",
                "/admin/keys/x/..",
                "/admin/keys/x/../",
                "/../admin/keys",
                "/../../admin/keys",
                "/%2e/admin/keys",
                "/admin/%2E/keys",
                "/x/%2e%2e/admin/keys",
                "/x/%2e./admin/keys",
                "/x/.%2E/admin/keys",
                "/x/%2E%2e/admin/keys",
                "/admin/keys/%2e",
                "/admin/keys/x/%2e%2E",
                "/x/%252e%252e/admin/keys",
                "/x/..%2fadmin/keys",
                "/x/..%5cadmin/keys",
                "/x/..;/admin/keys",
                "/x/..;a=b/admin/keys",
                "/x/.%00./admin/keys",
                "/x/%c0%ae%c0%ae/admin/keys",
                "/x/%e0%80%ae%e0%80%ae/admin/keys",
                // Empty segments
                "//admin/keys",
                "/admin//keys",
                "/admin/keys//",
                "///admin///keys///",
                "//",
                "/admin/keys//x",
                "/x//../admin/keys",
                "//example.com/admin/keys",
                // Encoded slashes
                "/admin%2fkeys",
                "/admin%2Fkeys",
                "/%2fadmin/keys",
                "/%2Fadmin/keys",
                "/admin/%2fkeys",
                "/admin/keys%2f",
                "/admin%252fkeys",
                "/admin%c0%afkeys",
                "/admin%C0%AFkeys",
                "/admin%e0%80%afkeys",
                "/admin%f0%80%80%afkeys",
                "/admin%c1%9ckeys",
                "/admin%u002fkeys",
                "/admin%u2215keys",
                // Backslashes
                "\\admin\\keys",
                "/admin\\keys",
                "/\\admin/keys",
                "/admin%5ckeys",
                "/admin%5Ckeys",
                "/x\\..\\admin/keys",
                "/admin/keys\\",
                "/admin%255ckeys",
                // Encoded beginnings of a query and a fragment: what decodes the path and parses it again cuts there
                "/admin/keys%3f",
                "/admin/keys%3Fx",
                "/admin/keys%3fx/y",
                "/admin/keys%23",
                "/admin/keys%23x",
                // Path parameters
                "/admin;/keys",
                "/admin/keys;",
                "/admin/keys;x=y",
                "/admin;x=y/keys",
                "/admin;x=y/keys;jsessionid=0",
                "/;/admin/keys",
                "/;x/admin/keys",
                "/admin/keys/;x",
                "/admin/;/keys",
                "/admin%3b/keys",
                "/admin/keys%3Bx=y",
                "/admin/keys%253bx",
                ";/admin/keys",
                // NUL and other control characters
                "/admin/keys\0",
                "/admin/keys%00",
                "/admin/keys%00.html",
                "/admin\0/keys",
                "/admin/%00keys",
                "/admin/keys%0a",
                "/admin/keys%0D%0A",
                "/admin/keys%09",
                "/admin/keys\t",
                "/admin/keys\n",
                "/admin/keys\r\nx",
                "/admin/\u007fkeys",
                "/admin/keys%7f",
                "/admin/keys%1F",
                "/admin/keys%c2%85",
                "/admin/keys%C2%80",
                "/admin/keys\u0085",
                // Encoded percent signs
                "/%2561dmin/keys",
                "/admin/keys%25",
                "/admin/keys%2500",
                "/%25%36%31dmin/keys",
                // Broken escapes and bytes that are not UTF-8 (RFC 3629 section 3)
                "/admin/keys%",
                "/admin/keys%2",
                "/admin/keys%zz",
                "/admin/%6xkeys",
                "/admin/keys%-1",
                "/admin/keys%+1",
                "/admin/keys% 1",
                "/admin/%6\uff11keys",
                "/admin/keys%ff",
                "/admin/keys%80",
                "/admin/keys%bf",
                "/admin/keys%c3",
                "/admin/keys%c3/",
                "/admin/keys%c3%28",
                "/admin/keys%c3(",
                "/admin/keys%e2%84",
                "/admin/keys%ed%a0%80",
                "/admin/keys%ed%bf%bf",
                "/admin/keys%f4%90%80%80",
                "/admin/keys%f5%80%80%80",
                "/admin/keys%f8%88%80%80%80",
                "/admin/keys%f9%90%80%80",
                "/admin/keys%e0%9f%bf",
                "/admin/keys%f0%80%82%a0",
                "/admin/keys%f0%8f%bf%bf",
                "/%c1%a1dmin/keys",
                "/admin/%e0%81%abeys",
                // Characters that have no place in a path
                "/admin/keys?",
                "/admin/keys?x",
                "/admin/keys#x",
                "/admin/keys ",
                " /admin/keys",
                "/admin/keys\"",
                "/admin/<keys>",
                "/admin/[keys]",
                "/admin/{keys}",
                "/admin/keys|x",
                "/admin/keys^",
                "/admin/keys`",
                "/\u00e1dmin/keys",
                "/admin\uff0fkeys",
                "/admin/\u212aeys",
                "/admin/keys\u0000",
                "/admin/keys\ud800",
                "/admin/keys\ufeff",
                "\ufeff/admin/keys",
                // Not a path
                "",
                "*",
                "admin/keys",
                "http://localhost/admin/keys",
                "/admin/keys" + "/x".repeat(5000));
    }

    /** Each resembles the path by letter case, to a router that ignores it by any of Java's means. */
    static Stream<String> otherCase() {
        return Stream.of(
                "/ADMIN/KEYS",
                "/Admin/keys",
                "/admin/Keys",
                "/admin/keyS/",
                "/%41dmin/keys",
                "/admin/%4Beys",
                "/admin/%4beys",
                "/Admin/keys/17",
                "/admin/KEYS/x",
                // The Kelvin sign is a k, the long s an s, the dotted and the dotless i an i.
                "/admin/%E2%84%AAeys",
                "/admin/%e2%84%aaey%c5%bf",
                "/admin/key%C5%BF",
                "/adm%C4%B0n/keys",
                "/adm%C4%B1n/keys",
                "/ADM%C4%B1N/keys/x");
    }

    private static boolean isPermitted(Decision decision) {
        return decision instanceof Decision.Permitted;
    }

    @Test
    void the_table_is_long_enough_and_says_nothing_twice() {
        assertThat(hostile().distinct().count()).isGreaterThanOrEqualTo(120);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void a_path_that_can_be_read_in_two_ways_is_open_to_nobody(String path) {
        Stream.of(DENYING, OPEN_UNLESS_NAMED, OPEN_BY_RULES, OPEN_TO_THE_SIGNED_IN, OPEN_WITH_CASE)
                .forEach(rules -> assertShut(rules, path));
    }

    @ParameterizedTest
    @MethodSource("otherCase")
    void a_path_that_differs_by_case_alone_is_open_to_nobody(String path) {
        Stream.of(DENYING, OPEN_UNLESS_NAMED, OPEN_BY_RULES, OPEN_TO_THE_SIGNED_IN)
                .forEach(rules -> assertShut(rules, path));
    }

    private static void assertShut(PermissionRules rules, String path) {
        for (String method : List.of("GET", "HEAD", "POST", "PROPFIND")) {
            assertThat(rules.decide(null, method, path)).isEqualTo(refused(Reason.NO_CREDENTIALS));
            assertThat(rules.decide(STRANGER, method, path)).isEqualTo(refused(Reason.ROUTE_NOT_OPEN));
            assertThat(rules.decide(HOLDER, method, path)).isEqualTo(refused(Reason.ROUTE_NOT_OPEN));
            assertThat(rules.requirementFor(method, path)).isEqualTo(Requirement.nobody());
        }
    }

    private static Decision refused(Reason reason) {
        return new Decision.Refused(reason, Set.of());
    }

    /** These can be read in one way only, which is the protected path. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/keys",
                "/admin/keys/",
                "/%61dmin/keys",
                "/%61%64%6D%69%6e/%6Beys",
                "/admin/key%73/",
                "/admin/keys/17",
                "/admin/keys/x%20y",
                "/admin/keys/caf%C3%A9",
                "/admin/keys/%E2%84%AA"
            })
    void a_clear_spelling_meets_the_rule(String path) {
        Stream.of(DENYING, OPEN_UNLESS_NAMED, OPEN_BY_RULES, OPEN_TO_THE_SIGNED_IN, OPEN_WITH_CASE)
                .forEach(rules -> {
                    assertThat(rules.requirementFor("GET", path)).isEqualTo(ADMIN);
                    assertThat(rules.decide(STRANGER, "GET", path))
                            .isEqualTo(new Decision.Refused(Reason.MISSING_PERMISSION, Set.of("admin")));
                    assertThat(isPermitted(rules.decide(HOLDER, "GET", path))).isTrue();
                });
    }

    /** {@code toUpperCase} spells these out in two or three letters (Unicode, SpecialCasing.txt). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/o%EF%AC%83ce/pass/flo/sta/waffle",
                "/o%EF%AC%80ice/pass/flo/sta/waffle",
                "/of%EF%AC%81ce/pass/flo/sta/waffle",
                "/office/pa%C3%9F/flo/sta/waffle",
                "/office/pa%E1%BA%9E/flo/sta/waffle",
                "/office/pass/%EF%AC%82o/sta/waffle",
                "/office/pass/flo/%EF%AC%85a/waffle",
                "/office/pass/flo/sta/wa%EF%AC%84e",
                "/office/pass/flo/sta/wa%EF%AC%80le",
                "/office/pass/flo/sta/waf%EF%AC%82e",
                "/office/pass/flo/%EF%AC%86a/WAFFLE"
            })
    void a_ligature_is_its_letters_when_case_is_ignored(String path) {
        PermissionRules.Builder rules = PermissionRules.builder()
                .rule("GET", "/office/pass/flo/sta/waffle", ADMIN)
                .unnamedRoutes(Requirement.anyone());

        assertThat(rules.build().requirementFor("GET", path)).isEqualTo(Requirement.nobody());
        assertThat(rules.distinguishCase().build().requirementFor("GET", path)).isEqualTo(Requirement.anyone());
    }

    @Test
    void a_rule_with_capitals_is_met_in_its_own_case_only() {
        PermissionRules rules = PermissionRules.builder()
                .rule("GET", "/Reports/{id}", ADMIN)
                .rule("GET", "/reports/today", Requirement.anyone())
                .unnamedRoutes(Requirement.anyone())
                .build();

        assertThat(rules.requirementFor("GET", "/Reports/1")).isEqualTo(ADMIN);
        assertThat(rules.requirementFor("GET", "/%52eports/1")).isEqualTo(ADMIN);
        assertThat(rules.requirementFor("GET", "/reports/today")).isEqualTo(Requirement.anyone());
        assertThat(rules.requirementFor("GET", "/reports/1")).isEqualTo(Requirement.nobody());
        // Exactly, this is the first rule; without regard to case, the second has more literals.
        assertThat(rules.requirementFor("GET", "/Reports/today")).isEqualTo(Requirement.nobody());
        assertThat(rules.requirementFor("GET", "/reports")).isEqualTo(Requirement.anyone());
    }

    @Test
    void variables_take_any_case() {
        PermissionRules rules =
                PermissionRules.builder().rule("GET", "/users/{name}", ADMIN).build();

        assertThat(rules.requirementFor("GET", "/users/Kim")).isEqualTo(ADMIN);
        assertThat(rules.requirementFor("GET", "/users/%E2%84%AAIM")).isEqualTo(ADMIN);
    }

    @Test
    void distinguishCase_tells_rules_apart_that_differ_by_case_alone() {
        PermissionRules rules = PermissionRules.builder()
                .rule("GET", "/a", ADMIN)
                .rule("GET", "/A", Requirement.signedIn())
                .unnamedRoutes(Requirement.anyone())
                .distinguishCase()
                .build();

        assertThat(rules.requirementFor("GET", "/a")).isEqualTo(ADMIN);
        assertThat(rules.requirementFor("GET", "/%41")).isEqualTo(Requirement.signedIn());
        assertThat(rules.requirementFor("GET", "/b")).isEqualTo(Requirement.anyone());
    }

    /** Paths are bounded: 8,192 characters. */
    @Test
    void the_longest_path_is_8192_characters() {
        PermissionRules rules = PermissionRules.builder()
                .rule("GET", "/**", Requirement.anyone())
                .build();

        assertThat(rules.requirementFor("GET", "/" + "a".repeat(8191))).isEqualTo(Requirement.anyone());
        assertThat(rules.requirementFor("GET", "/" + "a".repeat(8192))).isEqualTo(Requirement.nobody());
    }
}
