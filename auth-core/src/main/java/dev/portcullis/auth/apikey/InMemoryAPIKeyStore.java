package dev.portcullis.auth.apikey;

import dev.portcullis.auth.SHA256;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keys in this process's memory: they are gone when it ends. A million keys take about 200 MB, and finding one takes no
 * lock.
 */
public final class InMemoryAPIKeyStore implements APIKeyStore {

    /** Sets of scopes beyond this many are not shared: there is little to gain, and the sharing itself takes room. */
    private static final int SHARED_SETS = 1024;

    private final Object writing = new Object();
    private final KeyTable<SHA256> byHash = new KeyTable<>(APIKey::hash);
    private final KeyTable<UUID> byID = new KeyTable<>(APIKey::id);
    private final Map<Set<String>, Set<String>> scopeSets = new HashMap<>();

    /** An empty store. */
    public InMemoryAPIKeyStore() {}

    @Override
    public @Nullable APIKey find(SHA256 hash) {
        return byHash.find(hash);
    }

    @Override
    public @Nullable APIKey get(UUID id) {
        return byID.find(id);
    }

    @Override
    public void add(APIKey key) {
        synchronized (writing) {
            if (byID.find(key.id()) != null || byHash.find(key.hash()) != null) {
                throw new IllegalArgumentException("A key with the identifier or the hash of " + key + " is there");
            }
            APIKey slim = key.toBuilder().scopes(shared(key.scopes())).build();
            byID.add(slim);
            byHash.add(slim);
        }
    }

    /** Keys with the same scopes share one set of them. */
    private Set<String> shared(Set<String> scopes) {
        Set<String> known = scopeSets.get(scopes);
        if (known != null) {
            return known;
        }
        if (scopeSets.size() < SHARED_SETS) {
            scopeSets.put(scopes, scopes);
        }
        return scopes;
    }

    @Override
    public @Nullable APIKey revoke(UUID id, Instant at) {
        return change(id, key -> key.revokedAt(at));
    }

    @Override
    public boolean delete(UUID id) {
        synchronized (writing) {
            APIKey key = byID.find(id);
            if (key != null) {
                byHash.remove(key);
                byID.remove(key);
            }
            return key != null;
        }
    }

    @Override
    public void touch(UUID id, Instant usedAt) {
        change(id, key -> key.lastUsedAt(usedAt));
    }

    private @Nullable APIKey change(UUID id, UnaryOperator<APIKey> change) {
        synchronized (writing) {
            APIKey key = byID.find(id);
            if (key == null) {
                return null;
            }
            APIKey changed = change.apply(key);
            byHash.replace(changed);
            byID.replace(changed);
            return changed;
        }
    }

    /** Never a key. */
    @Override
    public String toString() {
        return "InMemoryAPIKeyStore";
    }
}
