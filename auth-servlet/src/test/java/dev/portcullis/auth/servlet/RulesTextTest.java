package dev.portcullis.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Decision;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules as a text, for {@code web.xml}. */
final class RulesTextTest {

    private static void assertFails(String text, String... words) {
        assertThatThrownBy(() -> RulesText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words);
    }

    private static boolean permits(PermissionRules rules, CredentialKind kind, String method, String path) {
        Caller caller = Caller.of(kind, "user_1", List.of(), Map.of());
        return rules.decide(caller, method, path) instanceof Decision.Permitted;
    }

    @Test
    void everyKindOfRequirementCanBeWritten() {
        PermissionRules rules = RulesText.parse("""

                # a comment
                GET /open anyone
                  GET\t/own   signed-in\t
                GET /shut nobody
                GET /one catalog:read
                GET /two catalog:read   holdings:read
                """);

        assertThat(rules.requirementFor("GET", "/open")).isEqualTo(Requirement.anyone());
        assertThat(rules.requirementFor("GET", "/own")).isEqualTo(Requirement.signedIn());
        assertThat(rules.requirementFor("GET", "/shut")).isEqualTo(Requirement.nobody());
        assertThat(rules.requirementFor("GET", "/one")).isEqualTo(Requirement.allOf("catalog:read"));
        assertThat(rules.requirementFor("GET", "/two")).isEqualTo(Requirement.allOf("catalog:read", "holdings:read"));
        assertThat(rules.requirementFor("GET", "/other")).isEqualTo(Requirement.nobody());
    }

    @Test
    void severalMethodsAreSeparatedByCommas() {
        PermissionRules rules = RulesText.parse("POST, PUT,PATCH /a anyone\nGET /a nobody\r\n* /b signed-in");

        assertThat(rules.requirementFor("POST", "/a")).isEqualTo(Requirement.anyone());
        assertThat(rules.requirementFor("PUT", "/a")).isEqualTo(Requirement.anyone());
        assertThat(rules.requirementFor("PATCH", "/a")).isEqualTo(Requirement.anyone());
        assertThat(rules.requirementFor("DELETE", "/a")).isEqualTo(Requirement.nobody());
        assertThat(rules.requirementFor("PURGE", "/b")).isEqualTo(Requirement.signedIn());
    }

    @Test
    void aRouteCanNameTheKindsOfCredentialItAccepts() {
        PermissionRules rules = RulesText.parse(
                "POST /a signed-in with API_KEY\nPOST /b signed-in with JWT, API_KEY\nPOST /c signed-in");

        assertThat(permits(rules, CredentialKind.API_KEY, "POST", "/a")).isTrue();
        assertThat(permits(rules, CredentialKind.JWT, "POST", "/a")).isFalse();
        assertThat(permits(rules, CredentialKind.API_KEY, "POST", "/b")).isTrue();
        assertThat(permits(rules, CredentialKind.JWT, "POST", "/b")).isTrue();
        assertThat(permits(rules, CredentialKind.CUSTOM, "POST", "/b")).isFalse();
        assertThat(permits(rules, CredentialKind.CUSTOM, "POST", "/c")).isTrue();
    }

    private record OnHost(String path, String sent) implements AuthRequest {

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public List<String> headers(String name) {
            return name.equals("host") ? List.of(sent) : List.of();
        }
    }

    @Test
    void aRouteCanNameTheHostsThatServeIt() {
        PermissionRules rules = RulesText.parse("""
                POST /a signed-in with JWT, API_KEY on trades.example.com
                POST /b anyone on a.example.com, B.example.com
                POST /c signed-in with API_KEY
                """);
        Caller caller = Caller.of(CredentialKind.JWT, "user_1", List.of(), Map.of());

        assertThat(rules.decide(caller, new OnHost("/a", "trades.example.com:443")))
                .isInstanceOf(Decision.Permitted.class);
        assertThat(rules.decide(caller, new OnHost("/a", "edge.example.com")))
                .isEqualTo(new Decision.Refused(Reason.HOST_NOT_SERVED, Set.of()));
        assertThat(rules.decide(null, new OnHost("/b", "b.example.com"))).isInstanceOf(Decision.Permitted.class);
        assertThat(rules.decide(null, new OnHost("/b", "c.example.com")))
                .isEqualTo(new Decision.Refused(Reason.HOST_NOT_SERVED, Set.of()));
        assertThat(rules.decide(caller, new OnHost("/c", "any.example.com")))
                .isEqualTo(new Decision.Refused(Reason.CREDENTIAL_KIND_NOT_ACCEPTED, Set.of()));
    }

    @Test
    void otherRoutesCanBeOpened() {
        PermissionRules rules = RulesText.parse("GET /a nobody\notherwise signed-in");

        assertThat(rules.requirementFor("GET", "/other")).isEqualTo(Requirement.signedIn());
        assertThat(rules.requirementFor("GET", "/a")).isEqualTo(Requirement.nobody());
        assertThat(rules.decide(null, "GET", "/other"))
                .isEqualTo(new Decision.Refused(Reason.NO_CREDENTIALS, Set.of()));
    }

    @Test
    void aLineThatCannotBeReadIsNamedWithItsRemedy() {
        String form = "write METHODS PATH REQUIREMENT, such as 'GET /api/v1/leagues/** catalog:read'";
        assertFails("# ok\n\nGET /a\n", "rules, line 3 'GET /a': no requirement; ", form);
        assertFails("GET anyone", "line 1 'GET anyone': no path; ", form);
        assertFails("/a anyone", "line 1 '/a anyone': no method; ", form);
        assertFails("GET /a with JWT", "no requirement; ", form);
        assertFails("GET /a anyone catalog:read", "stand alone; ", form);
        assertFails("GET /a catalog:read anyone", "stand alone; ", form);
        assertFails("GET /a caf\u00e9", "line 1", "must be visible ASCII");
        assertFails(
                "GET /a signed-in with",
                "no kind of credential after 'with'; write some of JWT, API_KEY, SESSION, SIGNATURE, CUSTOM");
        assertFails(
                "GET /a signed-in with KEY",
                "'KEY' is no kind of credential; write some of JWT, API_KEY, SESSION, SIGNATURE, CUSTOM");
        assertFails("GET /a signed-in on", "no host after 'on'; write names such as trades.example.com");
        assertFails("GET /a signed-in on http://x", "rules: ", "names the host 'http://x'");
        assertFails("GET /a signed-in on a b/c with", "rules: ", "names the host 'b/c'");
        assertFails("otherwise", "no requirement; ", form);
        assertFails("otherwise signed-in with JWT", "line 1");
        assertFails("otherwise anyone\notherwise nobody", "line 2", "a second 'otherwise'; keep one of them");
        assertFails("otherwise anyone\nGET /a anyone\notherwise nobody", "line 3", "a second 'otherwise'");
    }

    /** The rules' own findings come through, with their own remedies. */
    @Test
    void rulesThatContradictAreRefused() {
        assertFails("GET /a anyone\nGET /a nobody", "rules: ", "'GET /a'");
        assertFails("GET a/** anyone", "no path");
        assertFails("GET /a;b anyone", "rules: ", "/a;b");
        assertFails("get /a anyone", "rules: ");
    }

    /** Before the path stand the methods alone, whatever they are called. */
    @Test
    void whatStandsBeforeThePathIsNoRequirement() {
        assertFails("on /a anyone", "rules: ", "'on /a'", "names the method 'on'");
        assertFails("GET on /a anyone", "rules: ", "'GET on /a'");
        assertFails("with /a anyone", "rules: ", "names the method 'with'");
        assertFails("GET with JWT /a anyone", "rules: ", "'GET with JWT /a'");
    }

    @Test
    void nothingButWhatStandsAfterOnIsAHost() {
        PermissionRules rules = RulesText.parse("POST /a anyone on a.example.com, b.example.com");
        assertThat(rules.decide(null, new OnHost("/a", "a.example.com"))).isInstanceOf(Decision.Permitted.class);
        assertThat(rules.decide(null, new OnHost("/a", "b.example.com"))).isInstanceOf(Decision.Permitted.class);
        for (String other : List.of("on", "anyone", "c.example.com")) {
            assertThat(rules.decide(null, new OnHost("/a", other))).isInstanceOf(Decision.Refused.class);
        }
    }
}
