package dev.portcullis.auth.redis;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.OpeningKey;
import dev.portcullis.auth.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Sessions to try a store with. */
final class Some {

    private Some() {}

    static Session session() {
        Instant now = Instant.now();
        return new Session(
                UUID.randomUUID(),
                hash(),
                "alice",
                LoginType.WEB,
                CredentialKind.JWT,
                Set.of("catalog:read"),
                null,
                now,
                now.plus(Duration.ofDays(7)));
    }

    static Session sessionOf(UUID keyID) {
        Instant now = Instant.now();
        return new Session(
                UUID.randomUUID(),
                hash(),
                "alice",
                LoginType.API_KEY,
                CredentialKind.API_KEY,
                Set.of(),
                new OpeningKey(keyID, hash()),
                now,
                now.plus(Duration.ofDays(1)));
    }

    static SHA256 hash() {
        return SHA256.of(SecretText.of(UUID.randomUUID().toString()));
    }
}
