package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract section 5, typed out: what clients match on never changes by accident. */
class KeyRefusalTest {

    private static final String ROWS = """
            INVALID_INPUT          | 400 | Invalid input.
            USER_REQUIRED          | 403 | API key management requires a signed-in user.
            NOT_FOUND              | 404 | API key not found.
            ALREADY_ROTATED        | 409 | API key has already been rotated.
            NOT_ACTIVE             | 409 | API key is not active.
            TOO_MANY_KEYS          | 409 | Too many API keys.
            SIGNING_KEY_NOT_FOUND  | 404 | Signing key not found.
            TOO_MANY_SIGNING_KEYS  | 409 | Too many signing keys.
            PUBLIC_KEY_REGISTERED  | 409 | Public key is already registered.
            IDEMPOTENCY_KEY_REUSED | 409 | Idempotency-Key was used with another request.
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = ROWS)
    void status_and_detail_are_the_contracts(KeyRefusal refusal, int status, String detail) {
        assertThat(refusal.status()).isEqualTo(status);
        assertThat(refusal.detail()).isEqualTo(detail);
        assertThat(KeyRefusedException.of(refusal)).hasMessage(detail).hasNoCause();
    }

    @Test
    void no_refusal_is_left_out() {
        assertThat(EnumSet.allOf(KeyRefusal.class))
                .extracting(KeyRefusal::name)
                .containsExactlyElementsOf(ROWS.lines()
                        .map(row -> row.substring(0, row.indexOf('|')).strip())
                        .toList());
    }

    @Test
    void a_question_of_permission_is_a_reason_too() {
        for (KeyRefusal refusal : KeyRefusal.values()) {
            assertThat(refusal.reason() != null).isEqualTo(refusal.status() == 403);
        }
        assertThat(Objects.requireNonNull(KeyRefusal.USER_REQUIRED.reason()).detail())
                .isEqualTo(KeyRefusal.USER_REQUIRED.detail());
    }

    /** Bodies and headers can quote them as they stand. */
    @Test
    void every_text_is_one_sentence_of_plain_ASCII() {
        String sentence = "[A-Z][\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]+\\.";
        assertThat(KeyRefusal.values())
                .allSatisfy(refusal -> assertThat(refusal.detail()).matches(sentence));
        assertThat(KeyFault.values())
                .allSatisfy(fault -> assertThat(fault.message()).matches(sentence));
        assertThat(KeyFault.values()).extracting(KeyFault::message).doesNotHaveDuplicates();
    }

    @Test
    void errors_are_copied_and_kept_in_order() {
        Map<String, List<KeyFault>> errors = new java.util.LinkedHashMap<>();
        errors.put("z", new java.util.ArrayList<>(List.of(KeyFault.REQUIRED)));
        errors.put("a", List.of(KeyFault.WRONG_TYPE, KeyFault.REQUIRED));
        KeyRefusedException refused = KeyRefusedException.invalid(errors);
        Objects.requireNonNull(errors.get("z")).clear();
        errors.clear();
        assertThat(refused.refusal()).isEqualTo(KeyRefusal.INVALID_INPUT);
        assertThat(refused.errors())
                .containsExactly(
                        Map.entry("z", List.of(KeyFault.REQUIRED)),
                        Map.entry("a", List.of(KeyFault.WRONG_TYPE, KeyFault.REQUIRED)));
        assertThat(KeyRefusedException.of(KeyRefusal.NOT_FOUND).errors()).isEmpty();
    }

    @Test
    void an_action_goes_by_its_label() {
        for (AuditAction action : AuditAction.values()) {
            assertThat(action.label()).matches("[a-z]+(-[a-z]+)*");
            assertThat(AuditAction.of(action.label())).isEqualTo(action);
        }
        for (String bad : List.of("", "ISSUE", "leak_revocation", "purge")) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> AuditAction.of(bad)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
