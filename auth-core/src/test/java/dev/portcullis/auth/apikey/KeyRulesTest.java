package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every bound is allowed itself. */
class KeyRulesTest {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static KeyRules rules(Duration maximum, Duration usual, int addresses) {
        return new KeyRules(null, maximum, usual, addresses);
    }

    @Test
    void the_shortest_and_the_longest_settings_are_settings() {
        assertThat(rules(LONGEST, LONGEST, 1000).usualLifetime()).isEqualTo(LONGEST);
        assertThat(rules(Duration.ofMillis(1), Duration.ofMillis(1), 1).maximumAddresses())
                .isEqualTo(1);
        assertThatThrownBy(() -> rules(LONGEST.plusMillis(1), LONGEST, 1)).hasMessageContaining("maximumLifetime");
        assertThatThrownBy(() -> rules(LONGEST, Duration.ofNanos(999_999), 1)).hasMessageContaining("usualLifetime");
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 257})
    void a_key_has_at_most_256_scopes(int count) {
        List<String> scopes =
                IntStream.range(0, count).mapToObj(i -> "scope" + i).toList();
        Faults faults = Faults.none();
        rules(LONGEST, LONGEST, 1).checkScopes(scopes, Set.copyOf(scopes), faults);
        if (count == 256) {
            assertThatCode(faults::refuse).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(faults::refuse).isInstanceOf(KeyRefusedException.class);
        }
    }

    @Test
    void a_scope_is_printable_and_has_1_to_255_characters() {
        assertThat(KeyRules.isScopeToken("x".repeat(255))).isTrue();
        assertThat(KeyRules.isScopeToken("x".repeat(256))).isFalse();
        assertThat(KeyRules.isScopeToken("")).isFalse();
        assertThat(KeyRules.isScopeToken("!#[]~")).isTrue();
        for (String no : List.of(" ", "\u007f", "\"", "\\", "\u00e9", "a b")) {
            assertThat(KeyRules.isScopeToken("x" + no)).as(no).isFalse();
        }
    }
}
