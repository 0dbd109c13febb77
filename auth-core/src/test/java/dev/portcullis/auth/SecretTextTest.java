package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class SecretTextTest {

    private static final SecretText SLICE = SecretText.slice("Bearer abc  ", 7, 10);

    @Test
    void a_slice_is_read_in_place() {
        assertThat(SLICE.length()).isEqualTo(3);
        assertThat(SLICE.reveal()).isEqualTo("abc");
        assertThat(SLICE.charAt(0)).isEqualTo('a');
        assertThat(SLICE.charAt(2)).isEqualTo('c');
    }

    @Test
    void nothing_around_a_slice_can_be_read() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> SLICE.charAt(3))
                .withMessageNotContainingAny("Bearer", "abc");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> SLICE.charAt(-1));
        char[] target = new char[12];
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> SLICE.copyTo(1, 3, target));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> SLICE.copyTo(-1, 2, target));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> SLICE.copyTo(0, 3, new char[2]));
        assertThat(target).containsOnly('\0');
        assertThat(SLICE.contains('c')).isTrue();
        assertThat(SLICE.contains('B')).isFalse();
        assertThat(SLICE.contains(' ')).isFalse();
    }

    @Test
    void a_prefix_is_compared_within_the_slice() {
        assertThat(SLICE.startsWith("")).isTrue();
        assertThat(SLICE.startsWith("ab")).isTrue();
        assertThat(SLICE.startsWith("abc")).isTrue();
        assertThat(SLICE.startsWith("abc ")).isFalse();
        assertThat(SLICE.startsWith("AB")).isFalse();
        assertThat(SLICE.startsWith("b")).isFalse();
    }

    @Test
    void a_stretch_is_copied_to_the_front_of_the_target() {
        char[] target = {'-', '-', '-', '-'};

        SLICE.copyTo(1, 2, target);

        assertThat(target).containsExactly('b', 'c', '-', '-');
    }

    @Test
    void texts_are_equal_by_their_characters_wherever_they_were_sent() {
        assertThat(SLICE).isEqualTo(SecretText.of("abc")).hasSameHashCodeAs(SecretText.of("abc"));
        assertThat(SLICE).isNotEqualTo(SecretText.of("abC"));
        assertThat(SLICE).isNotEqualTo(SecretText.of("ab"));
        assertThat(SLICE).isNotEqualTo(SecretText.of("abc "));
        assertThat(SLICE).isNotEqualTo(SecretText.slice("Bearer abc  ", 6, 9));
        assertThat(SecretText.of("")).isEqualTo(SecretText.slice("abc", 2, 2));
    }

    @Test
    void toString_never_shows_the_text() {
        assertThat(SLICE.toString()).isEqualTo("SecretText[redacted]");
        assertThat(SecretText.of("abc")).hasToString(SLICE.toString());
    }

    @Test
    void it_contains_what_is_in_its_part_of_a_field() {
        assertThat(SecretText.slice("a bc", 0, 1).contains('a')).isTrue();
        assertThat(SecretText.slice("a bc", 0, 1).contains(' ')).isFalse();
        assertThat(SecretText.slice("a bc", 2, 4).contains('c')).isTrue();
        assertThat(SecretText.slice("a bc", 2, 4).contains('a')).isFalse();
    }
}
