package dev.portcullis.auth.example;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyBuilder;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.AuditNote;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.apikey.KeyRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** API keys in every state that a key can be in. */
final class TourKeys {

    private static final String ACCOUNT = "user_tour";
    private static final int RANDOM_BYTES = 24;
    private static final int MOST_KEYS = 100;
    private static final int SHOWN = "grd_live_".length() + 8;

    private final APIKeyStore store;
    private final APIKeys keys;
    private final SecureRandom random = new SecureRandom();
    private final Instant now = Instant.now();

    TourKeys(APIKeyStore store) {
        this.store = store;
        this.keys = APIKeys.builder().store(store).build();
    }

    /** A key that works. */
    String good(String... scopes) {
        return issued(Environment.LIVE, scopes).plaintext();
    }

    /** A key that works, but not where live keys alone are accepted. */
    String ofOtherEnvironment() {
        return issued(Environment.TEST).plaintext();
    }

    /** A key that was revoked. */
    String revoked() {
        IssuedAPIKey issued = issued(Environment.LIVE);
        keys.revoke(issued.key().id());
        return issued.plaintext();
    }

    /** A key that was deleted. */
    String deleted() {
        IssuedAPIKey issued = issued(Environment.LIVE);
        keys.delete(issued.key().id());
        return issued.plaintext();
    }

    /** A key that expired a second ago. */
    String expired() {
        return of(now.minus(Duration.ofDays(1)), now.minusSeconds(1), null);
    }

    /** The identifier of an account's key that expired a second ago. */
    String expiredOfAccount(String account) {
        APIKey key = key(account, neverIssued(), now.minus(Duration.ofDays(1)), now.minusSeconds(1), null);
        return key.id().toString();
    }

    /** A key that was revoked, and has expired since. */
    String revokedAndExpired() {
        return of(now.minus(Duration.ofDays(1)), now.minusSeconds(1), now.minusSeconds(2));
    }

    /** A key without an expiry that is older than a time. */
    String olderThan(Duration age) {
        return of(now.minus(age).minusSeconds(1), null, null);
    }

    /** The text of a key that was never issued. */
    String neverIssued() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return "grd_live_" + HexFormat.of().formatHex(bytes);
    }

    /** The identifier of a working key of another account than that of the other keys here. */
    String ofAccount(String account) {
        return keys.issue(account, "Tour", Environment.LIVE, List.of(), null)
                .key()
                .id()
                .toString();
    }

    /** A working key of an account, tied to addresses if some are named. */
    IssuedAPIKey issued(String account, List<String> addresses, String... scopes) {
        return keys.ofAccount(account, Actor.APPLICATION)
                .issue(KeyRequest.named("Tour").scopes(List.of(scopes)).allowList(addresses));
    }

    /** A working key of an account that will stop working soon. */
    String expiringIn(Duration time) {
        return keys.ofAccount(ACCOUNT, Actor.APPLICATION)
                .issue(KeyRequest.named("Tour").scopes(List.of("account:read")).expiresAt(now.plus(time)))
                .plaintext();
    }

    /** Revokes a key. */
    void revoke(IssuedAPIKey issued) {
        keys.revoke(issued.key().id());
    }

    /** Deletes a key. */
    void delete(IssuedAPIKey issued) {
        keys.delete(issued.key().id());
    }

    /** A key without an expiry that is as old, and tied to the loopback address. */
    String tiedAndOlderThan(Duration age) {
        String plaintext = neverIssued();
        store.addAll(
                List.of(builder(ACCOUNT, plaintext, now.minus(age).minusSeconds(1))
                        .allowList(AllowList.of(List.of("127.0.0.0/8")))
                        .build()),
                note(now));
        return plaintext;
    }

    /** An account that has as many keys as it may have. */
    String fullAccount() {
        String account = "user_tour_full";
        for (int i = 0; i < MOST_KEYS; i++) {
            ofAccount(account);
        }
        return account;
    }

    private IssuedAPIKey issued(Environment environment, String... scopes) {
        return keys.issue(ACCOUNT, "Tour", environment, List.of(scopes), null);
    }

    /** A key with a past, which only a store can give it. */
    private String of(Instant createdAt, @Nullable Instant expiresAt, @Nullable Instant revokedAt) {
        String plaintext = neverIssued();
        key(ACCOUNT, plaintext, createdAt, expiresAt, revokedAt);
        return plaintext;
    }

    private APIKey key(
            String account,
            String plaintext,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {
        APIKey key = builder(account, plaintext, createdAt)
                .expiresAt(expiresAt)
                .revokedAt(revokedAt)
                .build();
        store.addAll(List.of(key), note(createdAt));
        return key;
    }

    private static APIKeyBuilder builder(String account, String plaintext, Instant createdAt) {
        return APIKey.builder()
                .id(UUID.randomUUID())
                .hash(SHA256.of(SecretText.of(plaintext)))
                .keyPrefix(plaintext.substring(0, SHOWN))
                .owner(account)
                .name("Tour")
                .scopes(List.of("account:read"))
                .createdAt(createdAt);
    }

    private static AuditNote note(Instant at) {
        return new AuditNote(AuditAction.IMPORT, Actor.APPLICATION, at);
    }
}
