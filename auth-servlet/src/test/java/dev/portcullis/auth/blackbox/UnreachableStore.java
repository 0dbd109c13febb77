package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AddResult;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.AuditNote;
import dev.portcullis.auth.apikey.AuditRecord;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.apikey.RotateResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
    public List<APIKey> list(@Nullable String owner, @Nullable UUID before, int limit) {
        throw outage();
    }

    @Override
    public AddResult add(APIKey key, AddTerms terms, AuditNote note) {
        throw outage();
    }

    @Override
    public Set<UUID> addAll(List<APIKey> keys, AuditNote note) {
        throw outage();
    }

    @Override
    public APIKey change(UUID id, KeyChange change, AuditNote note) {
        throw outage();
    }

    @Override
    public RotateResult rotate(UUID id, APIKey successor, Instant overlapEnd, int maximumKeys, AuditNote note) {
        throw outage();
    }

    @Override
    public APIKey revoke(UUID id, AuditNote note) {
        throw outage();
    }

    @Override
    public APIKey delete(UUID id, AuditNote note) {
        throw outage();
    }

    @Override
    public List<AuditRecord> audit(@Nullable String owner, long before, int limit) {
        throw outage();
    }

    @Override
    public void touch(UUID id, Instant usedAt) {
        throw outage();
    }

    @Override
    public boolean rehash(UUID id, SHA256 hash, int hashVersion) {
        throw outage();
    }

    @Override
    public Map<Integer, Long> countByHashVersion(Instant now) {
        throw outage();
    }
}
