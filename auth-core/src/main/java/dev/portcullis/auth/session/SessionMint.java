package dev.portcullis.auth.session;

import dev.portcullis.auth.SecretText;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes the values of cookies. None ever comes from a client, so that nobody can have another use one they know. */
final class SessionMint {

    /** How many characters a value has. */
    static final int LENGTH = 43;

    private static final int RANDOM_BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    /** 256 bits from a secure source, in base64url without padding. */
    SecretText newValue() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return SecretText.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
