package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is told of a key that was judged. */
class KeyVerdictTest {

    private static KeyVerdict.Good good(Map<String, Object> attributes) {
        Caller caller = Caller.of(CredentialKind.API_KEY, "user_1", Set.of(), attributes);
        return new KeyVerdict.Good(new UUID(1, 2), SHA256.ofWords(1, 2, 3, 4), caller, null);
    }

    @Test
    void its_end_is_that_which_its_caller_has() {
        Instant end = Instant.parse("2030-01-01T00:00:00Z");
        assertThat(good(Map.of("expires_at", end)).expiresAt()).isEqualTo(end);
        assertThat(good(Map.of()).expiresAt()).isNull();
    }
}
