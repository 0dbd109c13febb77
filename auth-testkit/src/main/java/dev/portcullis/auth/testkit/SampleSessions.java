package dev.portcullis.auth.testkit;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.OpeningKey;
import dev.portcullis.auth.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sessions to try a store with. */
final class SampleSessions {

    /** Now, for stores that forget what is over by a clock of their own. */
    static final Instant START = Instant.ofEpochMilli(System.currentTimeMillis());

    private final String account;
    private final @Nullable OpeningKey key;
    private UUID id = UUID.randomUUID();
    private SHA256 hash = SampleKeys.newHash();
    private LoginType loginType;
    private CredentialKind openedBy;
    private Set<String> permissions = Set.of();
    private Instant createdAt = START.minusSeconds(60);
    private Instant expiresAt = START.plus(Duration.ofDays(1));

    private SampleSessions(String account, @Nullable OpeningKey key) {
        this.account = account;
        this.key = key;
        this.loginType = key == null ? LoginType.WEB : LoginType.API_KEY;
        this.openedBy = key == null ? CredentialKind.JWT : CredentialKind.API_KEY;
    }

    static SampleSessions ofUser(String account) {
        return new SampleSessions(account, null);
    }

    static SampleSessions ofKey(String account, UUID keyID) {
        return new SampleSessions(account, new OpeningKey(keyID, SampleKeys.newHash()));
    }

    SampleSessions id(UUID other) {
        this.id = other;
        return this;
    }

    SampleSessions hash(SHA256 other) {
        this.hash = other;
        return this;
    }

    SampleSessions loginType(LoginType type) {
        this.loginType = type;
        return this;
    }

    SampleSessions openedBy(CredentialKind kind) {
        this.openedBy = kind;
        return this;
    }

    SampleSessions permissions(Set<String> held) {
        this.permissions = held;
        return this;
    }

    SampleSessions createdAt(Instant time) {
        this.createdAt = time;
        return this;
    }

    SampleSessions expiresAt(Instant time) {
        this.expiresAt = time;
        return this;
    }

    Session build() {
        return new Session(id, hash, account, loginType, openedBy, permissions, key, createdAt, expiresAt);
    }
}
