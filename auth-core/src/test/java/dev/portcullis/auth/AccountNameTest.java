package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What accounts, owners of keys and those who change them can be called. */
class AccountNameTest {

    private static final String KEY = "\ud83d\udd11"; // one character in two parts

    @Test
    void it_has_from_1_to_255_characters() {
        List<String> names = List.of("x", "x".repeat(255), KEY, KEY.repeat(255), " ", "J\u00fcrgen");
        assertThat(names).allMatch(AccountName::isOne);
        List<String> others = List.of("", "x".repeat(256), KEY.repeat(255) + "x", "x".repeat(511), KEY.repeat(256));
        assertThat(others).noneMatch(AccountName::isOne);
        assertThat(AccountName.isOne(null)).isFalse();
    }

    @Test
    void it_has_neither_control_characters_nor_halves_of_characters() {
        assertThat(List.of("\u0000", "a\nb", "\u001f", "\u007f", "\u0085", "\ud83d", "\udd11x", "\udd11\ud83d"))
                .noneMatch(AccountName::isOne);
    }

    @Test
    void whoever_acts_is_called_like_that_and_does_it_from_somewhere() {
        Actor actor = new Actor("user_1", "192.0.2.1");
        assertThat(actor).isNotEqualTo(Actor.APPLICATION);
        assertThatThrownBy(() -> new Actor("", "192.0.2.1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("subject must");
        assertThatThrownBy(() -> new Actor("user_1", "a\nb"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("from must");
    }
}
