package dev.portcullis.auth.apikey;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Brings keys of which only the plain hash is known under the current pepper: it goes over that hash, not the key. */
final class UnkeyedKeys {

    private static final int PAGE = 1000;

    private final APIKeyStore store;
    private final KeyHashing hashing;

    UnkeyedKeys(APIKeyStore store, KeyHashing hashing) {
        this.store = store;
        this.hashing = hashing;
    }

    /** Keys with plain hashes as they are to be stored, without those that are there under another pepper already. */
    List<APIKey> hashed(List<APIKey> keys) {
        if (hashing.version() == 0) {
            return keys;
        }
        List<APIKey> hashed = new ArrayList<>(keys.size());
        for (APIKey key : keys) {
            if (!hashing.acceptsOthers() || store.findNow(hashing.all(key.hash())) == null) {
                hashed.add(hashed(key));
            }
        }
        return hashed;
    }

    private APIKey hashed(APIKey key) {
        return key.toBuilder()
                .hash(hashing.hash(key.hash()))
                .hashVersion(hashing.version())
                .build();
    }

    /** Moves all that are in the store, and says how many there were. */
    long rehashAll() {
        long moved = 0;
        UUID last = null;
        for (List<APIKey> page = page(last); !page.isEmpty(); page = page(last)) {
            for (APIKey key : page) {
                if (key.hashVersion() == 0 && store.rehash(key.id(), hashing.hash(key.hash()), hashing.version())) {
                    moved++;
                }
            }
            last = page.get(page.size() - 1).id();
        }
        return moved;
    }

    private List<APIKey> page(@Nullable UUID before) {
        return store.list(null, before, PAGE);
    }
}
