package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract section 5: "credential, its revocation and expiry, country, address, account standing, kind, permission". */
class AdmissionTest {

    private static final AuthRequest REQUEST = SentHeaders.of();
    private static final Caller CALLER = Caller.of(CredentialKind.API_KEY, "a", List.of(), Map.of());

    private final List<@Nullable Caller> asked = new ArrayList<>();
    private final List<AuthEvent> told = new ArrayList<>();

    private Outcome outcome(Outcome found, @Nullable Reason objection) {
        return AuthenticationMethod.firstOf(request -> found)
                .admitting((caller, request) -> {
                    asked.add(caller);
                    return objection;
                })
                .observedBy(told::add)
                .authenticate(REQUEST);
    }

    @Test
    void who_is_let_in_goes_on_as_before() {
        Outcome good = Outcome.authenticated(CALLER);
        assertThat(outcome(good, null)).isSameAs(good);
        assertThat(outcome(Outcome.notApplicable(), null)).isEqualTo(Outcome.notApplicable());
        assertThat(asked).containsExactly(CALLER, null);
    }

    @Test
    void who_is_not_let_in_is_refused_but_proven() {
        assertThat(outcome(Outcome.authenticated(CALLER), Reason.ADDRESS_NOT_ALLOWED))
                .isEqualTo(new Outcome.Refused(Reason.ADDRESS_NOT_ALLOWED, CALLER));
        assertThat(outcome(Outcome.notApplicable(), Reason.LOCATION_NOT_ALLOWED))
                .isEqualTo(new Outcome.Refused(Reason.LOCATION_NOT_ALLOWED, null));
        assertThat(told)
                .extracting(AuthEvent::type, AuthEvent::reason, AuthEvent::kind, AuthEvent::subject)
                .containsExactly(
                        tuple(AuthEvent.Type.DENIED, Reason.ADDRESS_NOT_ALLOWED, CredentialKind.API_KEY, "a"),
                        tuple(AuthEvent.Type.DENIED, Reason.LOCATION_NOT_ALLOWED, null, null));
    }

    @Test
    void a_bad_credential_is_told_before_anything_else() {
        Outcome bad = Outcome.rejected(Reason.UNKNOWN_API_KEY, CredentialKind.API_KEY);
        assertThat(outcome(bad, Reason.LOCATION_NOT_ALLOWED)).isSameAs(bad);
        assertThat(asked).isEmpty();
    }

    @Test
    void the_first_objection_is_the_answer() {
        Admission admission = Admission.allOf(
                Admission.everyone(), (caller, request) -> Reason.LOCATION_NOT_ALLOWED, (caller, request) -> {
                    throw new IllegalStateException("not asked");
                });
        assertThat(admission.objection(CALLER, REQUEST)).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
        assertThat(Admission.allOf().objection(null, REQUEST)).isNull();
    }

    /** But to no place, and to nobody who is not known. */
    @Test
    void an_objection_to_a_caller_is_lifted_on_routes_that_are_excepted() {
        PermissionRules open = PermissionRules.builder()
                .rule("GET", "/open", Requirement.anyone())
                .build();
        AuthRequest there = new BareRequest("GET", "/open");
        Admission byAddress = (caller, request) -> Reason.ADDRESS_NOT_ALLOWED;
        Admission byPlace = (caller, request) -> Reason.LOCATION_NOT_ALLOWED;
        assertThat(byAddress.exceptOn(open).objection(CALLER, there)).isNull();
        assertThat(byAddress.exceptOn(open).objection(null, there)).isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
        assertThat(byAddress.exceptOn(open).objection(CALLER, new BareRequest("GET", "/other")))
                .isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
        assertThat(byPlace.exceptOn(open).objection(CALLER, there)).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
        assertThat(Admission.everyone().exceptOn(open).objection(CALLER, there)).isNull();
    }

    @Test
    void what_could_not_be_found_out_is_neither_yes_nor_no() {
        AuthenticationMethod method = AuthenticationMethod.firstOf(request -> Outcome.authenticated(CALLER))
                .admitting((caller, request) -> {
                    throw new AuthUnavailableException(Reason.COUNTRY_UNAVAILABLE, Duration.ofSeconds(1));
                })
                .observedBy(told::add);
        assertThatThrownBy(() -> method.authenticate(REQUEST)).isInstanceOf(AuthUnavailableException.class);
        assertThat(told).extracting(AuthEvent::type).containsExactly(AuthEvent.Type.UNAVAILABLE);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void only_a_403_reason_refuses_a_caller(Reason reason) {
        if (reason.status() == 403) {
            assertThat(Outcome.refused(reason, CALLER)).isEqualTo(new Outcome.Refused(reason, CALLER));
        } else {
            assertThatThrownBy(() -> Outcome.refused(reason, CALLER)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
