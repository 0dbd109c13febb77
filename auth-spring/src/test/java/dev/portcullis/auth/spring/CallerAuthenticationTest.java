package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Decision;
import dev.portcullis.auth.Reason;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;

/** A caller as Spring Security knows it. */
class CallerAuthenticationTest {

    private final CallerAuthentication ann = CallerAuthentication.of(caller("ann"));

    private static Caller caller(String subject) {
        return Caller.of(CredentialKind.JWT, subject, List.of("catalog:read", "ROLE_x"), Map.of());
    }

    @Test
    void principal_and_authorities_are_the_caller_and_its_exact_permissions() {
        assertThat(ann.getPrincipal()).isSameAs(ann.caller()).isEqualTo(caller("ann"));
        assertThat(ann.getName()).isEqualTo("ann");
        assertThat(ann.isAuthenticated()).isTrue();
        for (int i = 0; i < 2; i++) {
            assertThat(ann.getAuthorities().stream().map(GrantedAuthority::getAuthority))
                    .containsExactlyInAnyOrder("catalog:read", "ROLE_x");
        }
        assertThat(CallerAuthentication.callerOf(ann)).isSameAs(ann.caller());
    }

    @Test
    void it_is_as_equal_as_its_caller() {
        assertThat(ann)
                .isEqualTo(CallerAuthentication.of(caller("ann")))
                .hasSameHashCodeAs(CallerAuthentication.of(caller("ann")))
                .isNotEqualTo(CallerAuthentication.of(caller("bob")))
                .isNotEqualTo(ann.caller());
        assertThat(ann.hashCode())
                .isNotEqualTo(CallerAuthentication.of(caller("bob")).hashCode());
    }

    @Test
    void other_authentications_have_no_caller() {
        assertThat(CallerAuthentication.callerOf(null)).isNull();
        assertThat(CallerAuthentication.callerOf(new TestingAuthenticationToken(ann.caller(), "x")))
                .isNull();
    }

    @Test
    void it_holds_no_credential_and_cannot_be_changed() {
        assertThat(ann.getCredentials()).isNull();
        assertThat(ann.getDetails()).isNull();
        assertThat(ann).hasToString("CallerAuthentication[" + ann.caller() + "]");
        assertThatThrownBy(() -> ann.setAuthenticated(false)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Neither it nor a refusal may outlast its request, in a session of the container's say. */
    @Test
    void nothing_of_a_request_is_written_down() {
        RuleRefusal refusal = new RuleRefusal(new Decision.Refused(Reason.MISSING_PERMISSION, Set.of("a")));
        for (Object each : List.of(ann, refusal)) {
            assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(each))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("as long as its request");
        }
    }
}
