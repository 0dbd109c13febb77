package dev.portcullis.auth.signature;

import dev.portcullis.auth.SHA256;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A store that breaks its word, and throws what it should not. */
final class FailingStore implements SigningKeyStore {

    @Override
    public @Nullable SigningKey find(SHA256 fingerprint) {
        throw new IllegalStateException("away");
    }

    @Override
    public List<SigningKey> list(String owner, @Nullable UUID before, int limit) {
        throw new IllegalStateException("away");
    }

    @Override
    public SigningKeyAddition add(SigningKey key, int maximumKeys, SigningKeyNote note) {
        throw new IllegalStateException("away");
    }

    @Override
    public @Nullable SigningKey delete(String owner, UUID id, SigningKeyNote note) {
        throw new IllegalStateException("away");
    }

    @Override
    public @Nullable SigningKey get(UUID id) {
        throw new IllegalStateException("away");
    }

    @Override
    public void touch(UUID id, Instant usedAt) {
        throw new IllegalStateException("away");
    }

    @Override
    public List<SigningKeyRecord> audit(@Nullable String owner, long before, int limit) {
        throw new IllegalStateException("away");
    }
}
