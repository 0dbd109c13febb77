package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.PermissionFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.firewall.RequestRejectedException;

/** Our rules where Spring Security asks who may go on, and where its firewall lets nobody go on. */
class RulesInSecurityTest {

    private static final PermissionRules RULES = PermissionRules.builder()
            .rule("GET", "/x", Requirement.allOf("a"))
            .rule("GET", "/open", Requirement.anyone())
            .build();

    private final List<AuthEvent> told = new ArrayList<>();
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/x");

    private AuthorizationResult authorize(RulesAuthorizationManager manager) {
        return manager.authorize(() -> null, new RequestAuthorizationContext(request));
    }

    private void callerHolds(String permission) {
        Caller caller = Caller.of(CredentialKind.JWT, "ann", List.of(permission), Map.of());
        request.setAttribute(AuthenticationFilter.CALLER_ATTRIBUTE, caller);
    }

    @Test
    void a_manager_decides_as_the_rules_say_and_says_why_not() {
        RulesAuthorizationManager manager = RulesAuthorizationManager.of(RULES);
        callerHolds("b");
        AuthorizationResult refused = authorize(manager);
        assertThat(refused.isGranted()).isFalse();
        assertThat(refused).isInstanceOfSatisfying(RuleRefusal.class, refusal -> {
            assertThat(refusal.decision().reason()).isEqualTo(Reason.MISSING_PERMISSION);
            assertThat(refusal.decision().required()).containsExactly("a");
            assertThat(refusal).hasToString(refusal.decision().toString());
        });
        callerHolds("a");
        assertThat(authorize(manager).isGranted()).isTrue();
    }

    @Test
    void a_listener_is_told_where_there_is_one_and_once_for_a_request() {
        RulesAuthorizationManager manager = RulesAuthorizationManager.of(
                RULES, FilterSettings.builder().listener(told::add).build());
        assertThat(authorize(manager).isGranted()).isFalse();
        callerHolds("a");
        assertThat(authorize(manager).isGranted()).isTrue();
        request.setRequestURI("/forwarded");
        assertThat(authorize(manager).isGranted()).isTrue();
        assertThat(told)
                .extracting(AuthEvent::type, AuthEvent::reason)
                .containsExactly(
                        tuple(AuthEvent.Type.DENIED, Reason.NO_CREDENTIALS), tuple(AuthEvent.Type.PERMITTED, null));
    }

    /** What the filters would have let in is turned away still. */
    @Test
    void what_the_firewall_has_turned_away_is_refused_in_our_words_first() throws Exception {
        assertThat(rejected("good", "/open")).isEqualTo("400 ");
        assertThat(rejected("bad", "/open")).isEqualTo("401 {\"detail\":\"Invalid token.\"}");
        assertThat(rejected("good", "/x"))
                .isEqualTo("403 {\"detail\":\"Token is missing one or more required permissions.\"}");
    }

    private static String rejected(String credential, String path) throws Exception {
        Caller caller = Caller.of(CredentialKind.JWT, "ann", List.of("b"), Map.of());
        RejectedRequestHandler handler = new RejectedRequestHandler(
                AuthenticationFilter.builder(
                                asked -> asked.headers("authorization").contains("good")
                                        ? Outcome.authenticated(caller)
                                        : Outcome.rejected(Reason.MALFORMED_TOKEN, CredentialKind.JWT))
                        .build(),
                PermissionFilter.builder(RULES).build());
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.addHeader("Authorization", credential);
        MockHttpServletResponse response = new MockHttpServletResponse();
        handler.handle(request, response, new RequestRejectedException("odd"));
        return response.getStatus() + " " + response.getContentAsString();
    }
}
