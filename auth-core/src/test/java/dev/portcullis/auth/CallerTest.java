package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** "Principals of every kind answer the same questions: subject, permissions, and how it authenticated." */
class CallerTest {

    private static final Caller CALLER = Caller.of(
            CredentialKind.JWT, "user_1", List.of("catalog:read", "catalog:write"), Map.of("email", "a@example.com"));

    @Test
    void it_answers_who_what_and_how() {
        assertThat(CALLER.subject()).isEqualTo("user_1");
        assertThat(CALLER.getName()).isEqualTo("user_1");
        assertThat(CALLER.permissions()).containsExactlyInAnyOrder("catalog:read", "catalog:write");
        assertThat(CALLER.kind()).isEqualTo(CredentialKind.JWT);
        assertThat(CALLER.attributes()).containsEntry("email", "a@example.com");
    }

    /** "A permission is compared as an exact string"; "write does not imply read". */
    @Test
    void it_holds_exactly_what_it_was_given() {
        Caller writer = Caller.of(CredentialKind.JWT, "user_1", List.of("catalog:write", "holdings:*"), Map.of());

        assertThat(writer.holds("catalog:write")).isTrue();
        assertThat(List.of("catalog:read", "Catalog:Write", "catalog.write", "catalog", "holdings:read", ""))
                .noneMatch(writer::holds);
    }

    /** "A missing sub is allowed; the principal then has no subject." */
    @Test
    void a_caller_without_a_subject_has_an_empty_name() {
        Caller nameless = Caller.of(CredentialKind.JWT, null, List.of(), Map.of());

        assertThat(nameless.subject()).isNull();
        assertThat(nameless.getName()).isEmpty();
        assertThat(nameless).isNotEqualTo(Caller.of(CredentialKind.JWT, "", List.of(), Map.of()));
        assertThat(nameless).isEqualTo(Caller.of(CredentialKind.JWT, null, List.of(), Map.of()));
    }

    @Test
    void permissions_are_copied_and_nothing_can_be_added() {
        List<String> given = new ArrayList<>(List.of("a"));
        Caller caller = Caller.of(CredentialKind.JWT, "x", given, Map.of());
        given.add("b");

        assertThat(caller.permissions()).containsExactly("a");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> caller.permissions().add("b"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> caller.attributes().put("b", "c"));
    }

    @Test
    void a_permission_named_twice_is_held_once() {
        assertThat(Caller.of(CredentialKind.JWT, "x", List.of("a", "a"), Map.of())
                        .permissions())
                .containsExactly("a");
    }

    @Test
    void callers_are_equal_if_all_of_them_is() {
        Caller same = Caller.of(
                CredentialKind.JWT,
                "user_1",
                List.of("catalog:write", "catalog:read"),
                Map.of("email", "a@example.com"));

        assertThat(CALLER).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(List.of(
                        Caller.of(CredentialKind.API_KEY, "user_1", CALLER.permissions(), CALLER.attributes()),
                        Caller.of(CredentialKind.JWT, "user_2", CALLER.permissions(), CALLER.attributes()),
                        Caller.of(CredentialKind.JWT, null, CALLER.permissions(), CALLER.attributes()),
                        Caller.of(CredentialKind.JWT, "user_1", List.of("catalog:read"), CALLER.attributes()),
                        Caller.of(CredentialKind.JWT, "user_1", CALLER.permissions(), Map.of())))
                .doesNotContain(CALLER);
    }

    @Test
    void toString_leaves_attributes_out() {
        assertThat(CALLER.toString()).contains("JWT", "user_1", "catalog:read").doesNotContain("example.com", "email");
    }
}
