package dev.portcullis.auth.apikey;

import dev.portcullis.auth.LastUseRecorder;
import java.time.Instant;
import java.util.UUID;

/**
 * The last uses of API keys.
 *
 * @param store where they stand
 */
record KeyUses(APIKeyStore store) implements LastUseRecorder.Uses<APIKey> {

    @Override
    public UUID id(APIKey key) {
        return key.id();
    }

    @Override
    public long lastUsedAt(APIKey key) {
        return key.lastUse();
    }

    @Override
    public void touch(UUID id, Instant usedAt) {
        store.touch(id, usedAt);
    }
}
