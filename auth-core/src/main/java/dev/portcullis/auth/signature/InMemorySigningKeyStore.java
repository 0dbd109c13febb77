package dev.portcullis.auth.signature;

import dev.portcullis.auth.SHA256;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Signing keys in this process's memory: they are gone when it ends. Finding one takes no lock. */
public final class InMemorySigningKeyStore implements SigningKeyStore {

    /** As bytes without signs, the greatest first (RFC 9562 section 6.11). */
    private static final Comparator<UUID> GREATEST_FIRST = ((Comparator<UUID>)
                    (a, b) -> Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits()))
            .thenComparing((a, b) -> Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits()))
            .reversed();

    private final Map<SHA256, SigningKey> byFingerprint = new ConcurrentHashMap<>();

    private final Object writing = new Object();
    private final Map<UUID, SigningKey> byID = new HashMap<>();
    private final Map<String, NavigableMap<UUID, SigningKey>> byOwner = new HashMap<>();

    /** An empty store. */
    public InMemorySigningKeyStore() {}

    @Override
    public @Nullable SigningKey find(SHA256 fingerprint) {
        return byFingerprint.get(fingerprint);
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
    public SigningKeyAddition add(SigningKey key, int maximumKeys) {
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
            return SigningKeyAddition.ADDED;
        }
    }

    @Override
    public @Nullable SigningKey delete(String owner, UUID id) {
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
            return key;
        }
    }

    /** How many keys there are, never one of them. */
    @Override
    public String toString() {
        return "InMemorySigningKeyStore[" + byFingerprint.size() + "]";
    }
}
