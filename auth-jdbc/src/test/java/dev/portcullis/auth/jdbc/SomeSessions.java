package dev.portcullis.auth.jdbc;

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
final class SomeSessions {

    static final Instant NOW = Instant.ofEpochMilli(System.currentTimeMillis());

    private SomeSessions() {}

    static Session ofUser() {
        return until(NOW.plus(Duration.ofDays(7)));
    }

    static Session until(Instant end) {
        return user(UUID.randomUUID(), Keys.newHash(), NOW, end);
    }

    /** All that follows from a number, for two processes that speak of the same sessions. */
    static Session numbered(int number) {
        return user(
                new UUID(7L << 12, Long.MIN_VALUE | number),
                SHA256.of(SecretText.of("session " + number)),
                Instant.EPOCH.plusSeconds(number),
                Instant.parse("2100-01-01T00:00:00Z"));
    }

    private static Session user(UUID id, SHA256 hash, Instant start, Instant end) {
        return new Session(
                id, hash, "alice", LoginType.WEB, CredentialKind.JWT, Set.of("catalog:read"), null, start, end);
    }

    static Session ofKey(UUID keyID) {
        return new Session(
                UUID.randomUUID(),
                Keys.newHash(),
                "alice",
                LoginType.API_KEY,
                CredentialKind.API_KEY,
                Set.of(),
                new OpeningKey(keyID, Keys.newHash()),
                NOW,
                NOW.plus(Duration.ofDays(1)));
    }
}
