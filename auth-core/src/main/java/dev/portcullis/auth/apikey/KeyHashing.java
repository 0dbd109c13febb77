package dev.portcullis.auth.apikey;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How keys are hashed: plainly, or with a {@link Pepper}. All that make and find keys on one store have the same.
 *
 * <p><b>To bring in a pepper, or another one,</b> without a moment at which a key does not work: first accept the new one
 * on all nodes beside what is current ({@link Builder#accept}), then make it the current one on all nodes, and accept the
 * old one ({@link Builder#accept}, or {@link Builder#acceptUnkeyed} if there was none). From then on each key moves to the
 * new pepper when it is used, and plainly hashed ones all at once with {@link APIKeys#rehashUnkeyed}. When no active key
 * stands on the old one any more ({@link APIKeyStore#countByHashVersion}), or those that do are to stop working, leave
 * it out: that retires it, and its keys are unknown from then on.
 *
 * <p>Immutable, and safe for use by many threads.
 */
public final class KeyHashing {

    private static final KeyHashing PLAIN = new KeyHashing(null, List.of(), true);

    private final @Nullable Pepper current;

    /** All that are accepted, the latest first. */
    private final List<Pepper> peppers;

    private final boolean unkeyed;

    private KeyHashing(@Nullable Pepper current, List<Pepper> peppers, boolean unkeyed) {
        this.current = current;
        this.peppers = peppers;
        this.unkeyed = unkeyed;
    }

    /**
     * SHA-256 and nothing else.
     *
     * @return the default
     */
    public static KeyHashing plain() {
        return PLAIN;
    }

    /**
     * Hashes with a pepper.
     *
     * @param current what new keys are hashed with
     * @return settings that accept no other keys than those
     */
    public static Builder keyed(Pepper current) {
        return new Builder(current);
    }

    /**
     * How new keys are hashed.
     *
     * @return the version of the current pepper, or 0 for plainly
     */
    public int version() {
        return current == null ? 0 : current.version();
    }

    /** The hash of a new key. */
    SHA256 hash(SecretText plaintext) {
        return hash(SHA256.of(plaintext));
    }

    /** The hash of a key that is new here, and whose plain hash is known. */
    SHA256 hash(SHA256 plain) {
        return current == null ? plain : current.hash(plain);
    }

    /** All hashes that a key can have here, the latest first. */
    KeyHashes all(SHA256 plain) {
        return new KeyHashes(plain, peppers, unkeyed);
    }

    /**
     * Finds a key. What the store gives is not taken on trust: a record that does not fit the text is nobody's.
     */
    @Nullable
    APIKey find(APIKeyStore store, SecretText plaintext) {
        SHA256 plain = SHA256.of(plaintext);
        if (current == null) {
            return fitting(store.find(plain), plain, 0);
        }
        if (!acceptsOthers()) {
            SHA256 hash = current.hash(plain);
            return fitting(store.find(hash), hash, current.version());
        }
        KeyHashes hashes = all(plain);
        return fitting(store.findAny(hashes), hashes);
    }

    /** Finds a key as it stands now, and not by a copy of it. */
    @Nullable
    APIKey findNow(APIKeyStore store, SecretText plaintext) {
        KeyHashes hashes = all(SHA256.of(plaintext));
        return fitting(store.findNow(hashes), hashes);
    }

    private @Nullable APIKey fitting(@Nullable APIKey key, KeyHashes hashes) {
        for (int i = 0; key != null && i < hashes.size(); i++) {
            int version = i == peppers.size() ? 0 : peppers.get(i).version();
            if (version == key.hashVersion()) {
                return fitting(key, hashes.get(i), version);
            }
        }
        return null;
    }

    private static @Nullable APIKey fitting(@Nullable APIKey key, SHA256 hash, int version) {
        return key != null && key.hashVersion() == version && key.hash().equals(hash) ? key : null;
    }

    /** Whether a key stands on a pepper that is accepted here, or on none where that is. */
    boolean accepts(APIKey key) {
        int version = key.hashVersion();
        return version == 0 ? unkeyed : peppers.stream().anyMatch(pepper -> pepper.version() == version);
    }

    /** Whether a key stands on something older than the current pepper. */
    boolean isOutdated(APIKey key) {
        return key.hashVersion() < version();
    }

    /** Whether keys are accepted that are not hashed as new ones are. */
    boolean acceptsOthers() {
        return current != null && (unkeyed || peppers.size() > 1);
    }

    /** Which versions there are, never a secret. */
    @Override
    public String toString() {
        return current == null
                ? "KeyHashing[plain]"
                : "KeyHashing[current=" + current + ", accepted=" + peppers + (unkeyed ? ", unkeyed]" : "]");
    }

    /** Collects what is accepted. Not safe for use by several threads. */
    public static final class Builder {

        private final Pepper current;
        private final List<Pepper> accepted = new ArrayList<>();
        private boolean unkeyed;

        private Builder(Pepper current) {
            this.current = current;
            accepted.add(current);
        }

        /**
         * Accepts keys that are hashed with another pepper: an older one, or one that other nodes have already and that
         * will be the current one here. Each costs a hash for every key that is unknown.
         *
         * @param pepper of another version
         * @return these settings
         */
        public Builder accept(Pepper pepper) {
            accepted.add(pepper);
            return this;
        }

        /**
         * Accepts keys that are hashed without a pepper. As long as this is so, a pepper protects nothing: who can write
         * to the store can make keys that work.
         *
         * @return these settings
         */
        public Builder acceptUnkeyed() {
            unkeyed = true;
            return this;
        }

        /**
         * The hashing.
         *
         * @return a hashing that accepts what was named, and nothing else
         * @throws IllegalArgumentException if two peppers have the same version
         */
        public KeyHashing build() {
            long versions = accepted.stream().map(Pepper::version).distinct().count();
            if (versions < accepted.size()) {
                throw new IllegalArgumentException("accept must name peppers of different versions");
            }
            List<Pepper> latestFirst = accepted.stream()
                    .sorted(Comparator.comparingInt(Pepper::version).reversed())
                    .toList();
            return new KeyHashing(current, latestFirst, unkeyed);
        }
    }
}
