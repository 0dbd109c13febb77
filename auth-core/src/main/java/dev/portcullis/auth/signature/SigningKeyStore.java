package dev.portcullis.auth.signature;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.SHA256;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where public keys are kept that requests are signed with, by their fingerprints. {@code SigningKeyStoreContract} in the
 * test kit checks all that is asked for here; run it on a store of your own.
 *
 * <p>A store is used by many threads at once, and each method is atomic. Once a method has returned, every later call on
 * this node sees what it did; other nodes see it within a bound that the store publishes. Text is given back exactly as it
 * was given, times in whole milliseconds; a store never reads a clock of its own.
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
     * @return what came of it; if two things stand against it, {@link SigningKeyAddition#ALREADY_REGISTERED}
     * @throws IllegalArgumentException if another public key with this identifier is there already; it stays as it is
     * @throws AuthUnavailableException if the store cannot be asked
     */
    SigningKeyAddition add(SigningKey key, int maximumKeys);

    /**
     * Deletes a key. Nothing of it is left.
     *
     * @param owner whose key it must be
     * @param id the identifier
     * @return the key as it stood, or null if the account has no such key
     * @throws AuthUnavailableException if the store cannot be asked
     */
    @Nullable
    SigningKey delete(String owner, UUID id);
}
