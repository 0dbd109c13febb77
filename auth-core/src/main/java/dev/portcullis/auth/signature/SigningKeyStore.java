package dev.portcullis.auth.signature;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.SHA256;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where public keys are kept that requests are signed with, by their fingerprints. {@code SigningKeyStoreContract} in the
 * test kit checks all that is asked for here; run it on a store of your own.
 *
 * <p>A store is used by many threads at once, and each method is atomic. Once a method has returned, every later call on
 * this node sees what it did; other nodes see it within a bound that the store publishes. Text is given back exactly as it
 * was given, times in whole milliseconds; a store never reads a clock of its own. What registers or deletes a key takes a
 * {@link SigningKeyNote}, which is written down in the same step, and stays.
 *
 * <p>A store that cannot be asked throws {@link AuthUnavailableException} with the reason
 * {@link dev.portcullis.auth.Reason#SIGNING_KEY_STORE_UNAVAILABLE}. It never answers null, or "done", for lack of an
 * answer.
 */
public interface SigningKeyStore {

    /**
     * The topic of {@link dev.portcullis.auth.ChangeNotices} that tells the identifiers of keys which were deleted. A key
     * that was added need not be told.
     */
    String CHANGES = "signing-keys";

    /**
     * Finds a key by its fingerprint. This is on the path of every signed request.
     *
     * @param fingerprint the SHA-256 of the raw public key
     * @return the key, or null if there is none
     * @throws AuthUnavailableException if the store cannot be asked
     */
    @Nullable
    SigningKey find(SHA256 fingerprint);

    /**
     * Finds a key by its identifier.
     *
     * @param id the identifier
     * @return the key as it stands now, or null if there is none
     * @throws AuthUnavailableException if the store cannot be asked
     */
    @Nullable
    SigningKey get(UUID id);

    /**
     * Lists an account's keys, the greatest identifier first, compared as RFC 9562 section 6.11 says: as bytes without
     * signs.
     *
     * @param owner whose keys
     * @param before only keys with a lesser identifier than this, or null to begin; there need be no such key
     * @param limit how many at most, at least 1
     * @return the keys; empty at the end
     * @throws AuthUnavailableException if the store cannot be asked
     */
    List<SigningKey> list(String owner, @Nullable UUID before, int limit);

    /**
     * Adds a key, unless there are too many. A public key is there once, whoever registers it: which account a request acts
     * for must never be a guess. Of several additions at once no more succeed than are allowed.
     *
     * @param key the key, all of whose fields are stored
     * @param maximumKeys how many keys the account can have, this one among them; at least 1
     * @param note written down if the key is added
     * @return what came of it; if two things stand against it, {@link SigningKeyAddition#ALREADY_REGISTERED}
     * @throws IllegalArgumentException if another public key with this identifier is there already; it stays as it is
     * @throws AuthUnavailableException if the store cannot be asked
     */
    SigningKeyAddition add(SigningKey key, int maximumKeys, SigningKeyNote note);

    /**
     * Deletes a key. Nothing of it is left but the audit.
     *
     * @param owner whose key it must be
     * @param id the identifier
     * @param note written down if there was such a key
     * @return the key as it stood, or null if the account has no such key
     * @throws AuthUnavailableException if the store cannot be asked
     */
    @Nullable
    SigningKey delete(String owner, UUID id, SigningKeyNote note);

    /**
     * Writes down a use of a key, unless a later one is written down, or there is no such key any longer. This is no
     * change that is told, and {@link #find} may go on for a minute with the last use before.
     *
     * @param id the identifier
     * @param usedAt when
     * @throws AuthUnavailableException if the store cannot be asked
     */
    void touch(UUID id, Instant usedAt);

    /**
     * Lists what was done to keys, the latest first.
     *
     * @param owner to whose keys, or null for everybody's
     * @param before only records with a lesser number than this; {@link Long#MAX_VALUE} to begin
     * @param limit how many at most, at least 1
     * @return the records; empty at the end
     * @throws AuthUnavailableException if the store cannot be asked
     */
    List<SigningKeyRecord> audit(@Nullable String owner, long before, int limit);
}
