package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A store that cannot be asked. */
public final class UnreachableStore implements APIKeyStore {

    private static AuthUnavailableException outage() {
        return new AuthUnavailableException(
                Reason.API_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(2), new IllegalStateException("no connection"));
    }

    @Override
    public APIKey find(SHA256 hash) {
        throw outage();
    }

    @Override
    public APIKey get(UUID id) {
        throw outage();
    }

    @Override
    public void add(APIKey key) {
        throw outage();
    }

    @Override
    public APIKey revoke(UUID id, Instant at) {
        throw outage();
    }

    @Override
    public boolean delete(UUID id) {
        throw outage();
    }

    @Override
    public void touch(UUID id, Instant usedAt) {
        throw outage();
    }
}
