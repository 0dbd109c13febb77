package dev.portcullis.auth.jwt;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The usable keys of one JWK Set: an immutable snapshot. */
final class KeySet implements NamedKeys<SigningKey> {

    private final Map<String, SigningKey> byKid;
    private final @Nullable SigningKey only;
    private final int size;

    /**
     * A set of usable keys.
     *
     * @param keys with no {@code kid} twice
     */
    KeySet(Collection<SigningKey> keys) {
        Map<String, SigningKey> named = new HashMap<>();
        for (SigningKey key : keys) {
            if (key.kid() != null) {
                named.put(key.kid(), key);
            }
        }
        byKid = Map.copyOf(named);
        only = keys.size() == 1 ? keys.iterator().next() : null;
        size = keys.size();
    }

    /**
     * The key that a token names.
     *
     * @param kid the token's {@code kid}, or null if it has none: then the one usable key, if there is exactly one
     * @return the key, or null if there is none, or no single one
     */
    @Override
    public @Nullable SigningKey find(@Nullable String kid) {
        return kid == null ? only : byKid.get(kid);
    }

    /** Whether this very key, the instance, is in the set. */
    boolean contains(SigningKey key) {
        return key == only || (key.kid() != null && byKid.get(key.kid()) == key);
    }

    /** Whether no token can be checked with this set: it has no key, or only several without a {@code kid}. */
    boolean isEmpty() {
        return only == null && byKid.isEmpty();
    }

    /** How many usable keys there are, with or without a {@code kid}. */
    @Override
    public int size() {
        return size;
    }

    /** Whether the other set holds the very same keys. */
    boolean isSameAs(KeySet other) {
        return size == other.size && only == other.only && byKid.equals(other.byKid);
    }
}
