package dev.portcullis.auth.redis;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AddResult;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.AuditNote;
import dev.portcullis.auth.apikey.AuditRecord;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.apikey.RotateResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store of keys whose changes are told through Redis, also when it is not known what became of them. */
final class TellingKeyStore implements APIKeyStore {

    private final APIKeyStore store;
    private final RedisChangeNotices notices;

    TellingKeyStore(APIKeyStore store, RedisChangeNotices notices) {
        this.store = store;
        this.notices = notices;
    }

    private <T extends @Nullable Object> T told(UUID id, Supplier<T> change) {
        try {
            return change.get();
        } finally {
            notices.tellSurely(CHANGES, id.toString());
        }
    }

    @Override
    public @Nullable APIKey find(SHA256 hash) {
        return store.find(hash);
    }

    @Override
    public boolean isCurrent(APIKey key) {
        return store.isCurrent(key);
    }

    @Override
    public @Nullable APIKey findAny(List<SHA256> hashes) {
        return store.findAny(hashes);
    }

    @Override
    public @Nullable APIKey findNow(List<SHA256> hashes) {
        return store.findNow(hashes);
    }

    @Override
    public @Nullable APIKey get(UUID id) {
        return store.get(id);
    }

    @Override
    public List<APIKey> list(@Nullable String owner, @Nullable UUID before, int limit) {
        return store.list(owner, before, limit);
    }

    @Override
    public AddResult add(APIKey key, AddTerms terms, AuditNote note) {
        return store.add(key, terms, note);
    }

    @Override
    public Set<UUID> addAll(List<APIKey> keys, AuditNote note) {
        return store.addAll(keys, note);
    }

    @Override
    public @Nullable APIKey change(UUID id, KeyChange change, AuditNote note) {
        return this.<@Nullable APIKey>told(id, () -> store.change(id, change, note));
    }

    @Override
    public RotateResult rotate(UUID id, APIKey successor, Instant overlapEnd, int maximumKeys, AuditNote note) {
        return told(id, () -> store.rotate(id, successor, overlapEnd, maximumKeys, note));
    }

    @Override
    public @Nullable APIKey revoke(UUID id, AuditNote note) {
        return this.<@Nullable APIKey>told(id, () -> store.revoke(id, note));
    }

    @Override
    public @Nullable APIKey delete(UUID id, AuditNote note) {
        return this.<@Nullable APIKey>told(id, () -> store.delete(id, note));
    }

    @Override
    public void touch(UUID id, Instant usedAt) {
        store.touch(id, usedAt);
    }

    @Override
    public boolean rehash(UUID id, SHA256 hash, int hashVersion) {
        return told(id, () -> store.rehash(id, hash, hashVersion));
    }

    @Override
    public Map<Integer, Long> countByHashVersion(Instant now) {
        return store.countByHashVersion(now);
    }

    @Override
    public List<AuditRecord> audit(@Nullable String owner, long before, int limit) {
        return store.audit(owner, before, limit);
    }

    /** Never a key. */
    @Override
    public String toString() {
        return "TellingKeyStore[" + store + "]";
    }
}
