package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementTest {

    private static Set<String> permissions(Requirement requirement) {
        return ((Requirement.AllOf) requirement).permissions();
    }

    @Test
    void requirements_are_values() {
        assertThat(Requirement.anyone()).isEqualTo(new Requirement.Anyone());
        assertThat(Requirement.signedIn()).isEqualTo(new Requirement.SignedIn());
        assertThat(Requirement.nobody()).isEqualTo(new Requirement.Nobody());
        assertThat(Requirement.allOf("a", "b")).isEqualTo(Requirement.allOf(List.of("b", "a")));
        assertThat(Requirement.allOf("a")).isNotEqualTo(Requirement.allOf("A"));
    }

    @Test
    void permissions_keep_the_order_in_which_they_were_given() {
        assertThat(permissions(Requirement.allOf("z", "a", "m", "a"))).containsExactly("z", "a", "m");
        assertThat(permissions(Requirement.allOf(List.of("z", "a", "m")))).containsExactly("z", "a", "m");
    }

    @Test
    void permissions_are_copied_and_nothing_can_be_removed() {
        Set<String> given = new LinkedHashSet<>(List.of("a", "b"));
        Requirement.AllOf requirement = new Requirement.AllOf(given);
        given.remove("a");

        assertThat(requirement.permissions()).containsExactly("a", "b");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> requirement.permissions().remove("a"));
    }

    @Test
    void allOf_nothing_is_refused_with_what_to_write_instead() {
        assertThatIllegalArgumentException().isThrownBy(Requirement::allOf).withMessageContaining("signedIn()");
        Collection<String> none = List.of();
        assertThatIllegalArgumentException().isThrownBy(() -> Requirement.allOf(none));
    }

    /** RFC 6749 section 3.3: {@code scope-token = 1*( %x21 / %x23-5B / %x5D-7E )}. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "a\nb", "a\"", "\\", "a\0", "a\u007f", "caf\u00e9", "\ud83d\ude00"})
    void a_permission_that_no_challenge_could_name_is_refused(String permission) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Requirement.allOf("fine", permission))
                .withMessageContaining("RFC 6749");
    }

    @Test
    void every_scope_token_is_a_permission() {
        StringBuilder all = new StringBuilder();
        for (char c = 0x21; c < 0x7f; c++) {
            if (c != '"' && c != '\\') {
                all.append(c);
            }
        }

        assertThat(permissions(Requirement.allOf(all.toString()))).containsExactly(all.toString());
    }
}
