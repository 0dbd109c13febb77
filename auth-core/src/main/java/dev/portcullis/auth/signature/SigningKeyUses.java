package dev.portcullis.auth.signature;

import dev.portcullis.auth.LastUseRecorder;
import java.time.Instant;
import java.util.UUID;

/**
 * The last uses of signing keys.
 *
 * @param store where they stand
 */
record SigningKeyUses(SigningKeyStore store) implements LastUseRecorder.Uses<SigningKey> {

    @Override
    public UUID id(SigningKey key) {
        return key.id();
    }

    @Override
    public long lastUsedAt(SigningKey key) {
        return key.lastUse();
    }

    @Override
    public void touch(UUID id, Instant usedAt) {
        store.touch(id, usedAt);
    }
}
