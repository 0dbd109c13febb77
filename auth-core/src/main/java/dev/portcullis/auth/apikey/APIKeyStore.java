package dev.portcullis.auth.apikey;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.SHA256;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where keys are kept, by the SHA-256 of the whole key. {@code APIKeyStoreContract} in the test kit checks all that is
 * asked for here; run it on a store of your own.
 *
 * <p>A store is used by many threads at once. Each method is atomic: of a revocation, a deletion and a last use at the
 * same moment none undoes another. Once a method has returned, what it did is as durable as the store promises, and
 * every later call on this node sees it. Other nodes see it within a bound that the store publishes.
 *
 * <p>Text is given back exactly as it was given, times in whole milliseconds. U+0000 and halves of characters are the
 * exception: a store that cannot hold them refuses them with {@link IllegalArgumentException}.
 *
 * <p>A store that cannot be asked throws {@link AuthUnavailableException} with the reason
 * {@link dev.portcullis.auth.Reason#API_KEY_STORE_UNAVAILABLE}. It never answers null, or "done", for lack of an
 * answer. Its exceptions hold no hash.
 */
public interface APIKeyStore {

    /**
     * Finds a key by its hash. This is on the path of every request that bears a key: a store that is far away answers
     * from a copy near by, no older than its published bound.
     *
     * @param hash the SHA-256 of the whole key
     * @return the key, also when it is revoked or has expired, or null if there is none
     * @throws AuthUnavailableException if the store cannot be asked
     */
    @Nullable
    APIKey find(SHA256 hash);

    /**
     * Gets a key by its identifier, as it stands now.
     *
     * @param id the identifier
     * @return the key, also when it is revoked or has expired, or null if there is none
     * @throws AuthUnavailableException if the store cannot be asked
     */
    @Nullable
    APIKey get(UUID id);

    /**
     * Adds a key.
     *
     * @param key the key, all of whose fields are stored
     * @throws IllegalArgumentException if a key with this identifier or this hash is there already; it stays as it is
     * @throws AuthUnavailableException if the store cannot be asked
     */
    void add(APIKey key);

    /**
     * Revokes a key for good. Of several revocations the first one's time is kept.
     *
     * @param id the identifier
     * @param at when
     * @return the key as it stands afterwards, or null if there is none
     * @throws AuthUnavailableException if the store cannot be asked
     */
    @Nullable
    APIKey revoke(UUID id, Instant at);

    /**
     * Deletes a key. Nothing of it is left.
     *
     * @param id the identifier
     * @return whether there was such a key
     * @throws AuthUnavailableException if the store cannot be asked
     */
    boolean delete(UUID id);

    /**
     * Notes that a key was used. The last use only moves forward, and nothing else of the key is changed; it may be
     * revoked or expired by now. Nothing happens if there is no such key.
     *
     * @param id the identifier
     * @param usedAt when
     * @throws AuthUnavailableException if the store cannot be asked
     */
    void touch(UUID id, Instant usedAt);
}
