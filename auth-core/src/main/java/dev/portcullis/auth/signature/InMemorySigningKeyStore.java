package dev.portcullis.auth.signature;

import dev.portcullis.auth.RecentRecords;
import dev.portcullis.auth.SHA256;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Signing keys in this process's memory: they are gone when it ends. Finding one by its fingerprint takes no lock. Of the
 * audit the latest 10,000 records are kept.
 */
public final class InMemorySigningKeyStore implements SigningKeyStore {

    /** As bytes without signs, the greatest first (RFC 9562 section 6.11). */
    private static final Comparator<UUID> GREATEST_FIRST = ((Comparator<UUID>)
                    (a, b) -> Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits()))
            .thenComparing((a, b) -> Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits()))
            .reversed();

    private static final int AUDIT_RECORDS = 10_000;

    private final Map<SHA256, SigningKey> byFingerprint = new ConcurrentHashMap<>();

    private final Object writing = new Object();
    private final Map<UUID, SigningKey> byID = new HashMap<>();
    private final Map<String, NavigableMap<UUID, SigningKey>> byOwner = new HashMap<>();
    private final RecentRecords<SigningKeyRecord> audit = new RecentRecords<>(AUDIT_RECORDS);

    /** An empty store. */
    public InMemorySigningKeyStore() {}

    @Override
    public @Nullable SigningKey find(SHA256 fingerprint) {
        return byFingerprint.get(fingerprint);
    }

    @Override
    public @Nullable SigningKey get(UUID id) {
        synchronized (writing) {
            return byID.get(id);
        }
    }

    @Override
    public List<SigningKey> list(String owner, @Nullable UUID before, int limit) {
        synchronized (writing) {
            NavigableMap<UUID, SigningKey> all = byOwner.getOrDefault(owner, new TreeMap<>(GREATEST_FIRST));
            return (before == null ? all : all.tailMap(before, false))
                    .values().stream().limit(limit).toList();
        }
    }

    @Override
    public SigningKeyAddition add(SigningKey key, int maximumKeys, SigningKeyNote note) {
        synchronized (writing) {
            if (byFingerprint.containsKey(key.fingerprint())) {
                return SigningKeyAddition.ALREADY_REGISTERED;
            }
            if (byID.containsKey(key.id())) {
                throw new IllegalArgumentException("A key with the identifier of " + key + " is there");
            }
            NavigableMap<UUID, SigningKey> others =
                    byOwner.computeIfAbsent(key.owner(), none -> new TreeMap<>(GREATEST_FIRST));
            if (others.size() >= maximumKeys) {
                return SigningKeyAddition.TOO_MANY;
            }
            others.put(key.id(), key);
            byID.put(key.id(), key);
            byFingerprint.put(key.fingerprint(), key);
            audit.add(number -> SigningKeyRecord.of(number, SigningKeyAction.REGISTER, key, note));
            return SigningKeyAddition.ADDED;
        }
    }

    @Override
    public @Nullable SigningKey delete(String owner, UUID id, SigningKeyNote note) {
        synchronized (writing) {
            SigningKey key = byID.get(id);
            if (key == null || !key.owner().equals(owner)) {
                return null;
            }
            byFingerprint.remove(key.fingerprint());
            byID.remove(id);
            NavigableMap<UUID, SigningKey> others = byOwner.get(owner);
            if (others != null) {
                others.remove(id);
                if (others.isEmpty()) {
                    byOwner.remove(owner);
                }
            }
            audit.add(number -> SigningKeyRecord.of(number, SigningKeyAction.DELETE, key, note));
            return key;
        }
    }

    @Override
    public void touch(UUID id, Instant usedAt) {
        synchronized (writing) {
            SigningKey key = byID.get(id);
            NavigableMap<UUID, SigningKey> others = key == null ? null : byOwner.get(key.owner());
            if (key != null && others != null) {
                SigningKey used = key.lastUsedAt(usedAt);
                byFingerprint.put(used.fingerprint(), used);
                byID.put(id, used);
                others.put(id, used);
            }
        }
    }

    @Override
    public List<SigningKeyRecord> audit(@Nullable String owner, long before, int limit) {
        synchronized (writing) {
            return audit.list(record -> owner == null || owner.equals(record.owner()), before, limit);
        }
    }

    /** How many keys there are, never one of them. */
    @Override
    public String toString() {
        return "InMemorySigningKeyStore[" + byFingerprint.size() + "]";
    }
}
