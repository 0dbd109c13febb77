package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An application's own rules behind those of routes. */
class ResourceRulesTest {

    private static final Caller CALLER = Caller.of(CredentialKind.JWT, "user_1", Set.of(), Map.of());

    private final List<String> asked = new ArrayList<>();

    private PermissionRules rules(boolean first, boolean second) {
        return PermissionRules.builder()
                .rule("GET", "/open", Requirement.anyone())
                .rule("GET", "/own", Requirement.signedIn())
                .refuseWhen("The first refuses.", (caller, request) -> answer("first", request, first))
                .refuseWhen("The second refuses.", (caller, request) -> answer("second", request, second))
                .message("Nobody asks for this.")
                .build();
    }

    private boolean answer(String who, AuthRequest request, boolean refuses) {
        asked.add(who + " " + request.method() + " " + request.path());
        return refuses;
    }

    @Test
    void the_first_that_refuses_decides_and_is_not_asked_twice() {
        assertThat(rules(true, true).decide(CALLER, "GET", "/own"))
                .isEqualTo(rules(true, true).refusal("The first refuses."));
        assertThat(asked).containsExactly("first GET /own");
        asked.clear();
        assertThat(rules(false, true).decide(CALLER, "GET", "/own"))
                .isEqualTo(rules(false, true).refusal("The second refuses."));
        assertThat(asked).containsExactly("first GET /own", "second GET /own");
    }

    @Test
    void who_is_refused_by_none_goes_on() {
        assertThat(rules(false, false).decide(CALLER, "GET", "/own")).isEqualTo(new Decision.Permitted());
        assertThat(asked).hasSize(2);
    }

    @Test
    void they_are_asked_about_callers_whom_the_route_lets_in_alone() {
        assertThat(rules(true, true).decide(null, "GET", "/open")).isEqualTo(new Decision.Permitted());
        assertThat(rules(true, true).decide(null, "GET", "/own")).isInstanceOf(Decision.Refused.class);
        assertThat(rules(true, true).decide(CALLER, "GET", "/elsewhere")).isInstanceOf(Decision.Refused.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void a_message_that_no_rule_has_can_be_answered_all_the_same_and_an_unknown_one_not() {
        PermissionRules rules = rules(false, false);
        Decision.Refused refusal = rules.refusal("Nobody asks for this.");
        assertThat(refusal.reason()).isEqualTo(Reason.RESOURCE_CLOSED);
        assertThat(refusal.message()).isEqualTo(RefusalMessage.of("Nobody asks for this."));
        assertThatIllegalArgumentException().isThrownBy(() -> rules.refusal("Never named."));
    }
}
