package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application can answer in words of its own. */
class RefusalMessageTest {

    @Test
    void it_is_its_text() {
        RefusalMessage message = RefusalMessage.of("This pair is closed.");
        assertThat(message.text()).isEqualTo("This pair is closed.");
        assertThat(message)
                .hasToString("This pair is closed.")
                .isEqualTo(RefusalMessage.of("This pair is closed."))
                .hasSameHashCodeAs("This pair is closed.")
                .isNotEqualTo(RefusalMessage.of("This pair is halted."))
                .isNotEqualTo("This pair is closed.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "lower case.", "No stop", "A \"quote\".", "A back\\slash.", "Tab\t.", "Umläut."})
    void what_a_body_could_not_hold_as_it_stands_is_no_message(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefusalMessage.of(text))
                .withMessageContaining("must be a sentence of at most 200 characters");
    }

    @Test
    void it_has_200_characters_at_most() {
        String longest = "A" + "b".repeat(198) + ".";
        assertThat(RefusalMessage.of(longest).text()).isEqualTo(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> RefusalMessage.of("A" + longest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Missing signature headers.", "Invalid signature."})
    void what_a_reason_says_is_no_message(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RefusalMessage.of(text))
                .withMessageContaining("could not tell the two apart");
    }
}
