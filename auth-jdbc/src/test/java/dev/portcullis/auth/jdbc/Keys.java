package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyBuilder;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.AuditNote;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Keys to try a store with, and what is written down of them. */
final class Keys {

    static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123Z");

    static final AuditNote ISSUE = note(AuditAction.ISSUE);
    static final AuditNote CHANGE = note(AuditAction.CHANGE);
    static final AuditNote ROTATE = note(AuditAction.ROTATE);
    static final AuditNote REVOKE = note(AuditAction.REVOKE);
    static final AuditNote DELETE = note(AuditAction.DELETE);

    private Keys() {}

    private static AuditNote note(AuditAction action) {
        return new AuditNote(action, new Actor("alice", "192.0.2.1"), NOW);
    }

    static APIKeyBuilder some() {
        return APIKey.builder()
                .id(UUID.randomUUID())
                .hash(newHash())
                .owner("account-1")
                .name("A key")
                .keyPrefix("grd_live_0123abcd")
                .createdAt(NOW);
    }

    static List<APIKey> some(int count) {
        return Stream.generate(() -> some().build()).limit(count).toList();
    }

    static SHA256 newHash() {
        return SHA256.of(SecretText.of(UUID.randomUUID().toString()));
    }
}
