package dev.portcullis.auth.apikey;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.SHA256;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where keys are kept, by the SHA-256 of the whole key. {@code APIKeyStoreContract} in the test kit checks all that is
 * asked for here; run it on a store of your own.
 *
 * <p>A store is used by many threads at once. Each method is atomic, and so is the record that it leaves in the audit: of
 * a revocation, a deletion and a last use at the same moment none undoes another, and there is no change without its
 * record and no record without its change. A method that changes nothing writes none. Once a method has returned, what it did is as durable as the store promises, and
 * every later call on this node sees it. Other nodes see it within a bound that the store publishes.
 *
 * <p>Text is given back exactly as it was given, times in whole milliseconds; a store never reads a clock of its own. U+0000 and halves of characters are the
 * exception: a store that cannot hold them refuses them with {@link IllegalArgumentException}.
 *
 * <p>A store that cannot be asked throws {@link AuthUnavailableException} with the reason
 * {@link dev.portcullis.auth.Reason#API_KEY_STORE_UNAVAILABLE}. It never answers null, or "done", for lack of an
 * answer. Its exceptions hold no hash.
 */
public interface APIKeyStore {

    /**
     * The topic of {@link dev.portcullis.auth.ChangeNotices} that tells the identifiers of keys which were changed,
     * rotated, revoked, deleted or hashed anew. A key that was added need not be told, nor one that was used.
     */
    String CHANGES = "api-keys";

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
     * Whether a key that was found here is still as it was then, from what is at hand: nothing is asked or looked for. To
     * say no is never wrong, and costs whoever asks a {@link #find}; this says no always.
     *
     * @param key what {@code find} has given, here or elsewhere
     * @return true only if {@code find} would give this very object now, or it is a copy near by that would do as well:
     *     no other has taken its place, nor is one due
     */
    default boolean isCurrent(APIKey key) {
        return false;
    }

    /**
     * Finds the key that has one of several hashes: one key can be hashed with the current pepper, with an older one, or
     * with none. A store that is far away asks for all of them in one step; this asks for one after the other. What is
     * {@linkplain #rehash hashed anew} meanwhile is not missed.
     *
     * @param hashes of the same plaintext, the latest version first; each is computed when it is come to
     * @return the key of the first hash that has one, or null if none has
     * @throws AuthUnavailableException if the store cannot be asked
     */
    default @Nullable APIKey findAny(List<SHA256> hashes) {
        for (SHA256 hash : hashes) {
            APIKey key = find(hash);
            if (key != null) {
                return key;
            }
        }
        // Keys only move towards the front, so that none slips by who goes the same way.
        for (int i = hashes.size() - 2; i >= 0; i--) {
            APIKey key = find(hashes.get(i));
            if (key != null) {
                return key;
            }
        }
        return null;
    }

    /**
     * Finds what {@link #findAny} finds, as it stands now: for whoever manages keys, not for requests. A store that answers
     * from copies, or bounds how often it is asked about unknown keys, does neither here; one that stands in front of
     * another asks that one's. This is {@code findAny} unless a store has it otherwise.
     *
     * @param hashes of the same plaintext, the latest version first; each is computed when it is come to
     * @return the key of the first hash that has one, or null if none has
     * @throws AuthUnavailableException if the store cannot be asked
     */
    default @Nullable APIKey findNow(List<SHA256> hashes) {
        return findAny(hashes);
    }

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
     * Lists keys, the greatest identifier first. Identifiers are compared as RFC 9562 section 6.11 says, as bytes without
     * signs; those that {@link APIKeys} gives are ordered by time, so that keys which are added while somebody turns the
     * pages come before the first page and shift none.
     *
     * @param owner whose keys, or null for everybody's
     * @param before only keys with a lesser identifier than this, or null to begin; there need be no such key
     * @param limit how many at most, at least 1
     * @return the keys as they stand now, also revoked and expired ones; empty at the end
     * @throws AuthUnavailableException if the store cannot be asked
     */
    List<APIKey> list(@Nullable String owner, @Nullable UUID before, int limit);

    /**
     * Adds a key, if the terms allow it. What was asked for before is judged first, then the number of keys.
     *
     * <p>An {@link Idempotency} counts if the same owner's key was added with its {@code key} and its {@code until} is
     * after the note's time: then nothing is added, whatever became of that key. One that no longer counts is replaced.
     * The keys that count towards the maximum are those of the owner for which
     * {@link APIKey#countsAsIssued(Instant)} holds at the note's time. Of several additions at once no more succeed
     * than the terms allow.
     *
     * @param key the key, all of whose fields are stored
     * @param terms a limit, and what tells a repeated request
     * @param note what to write down; its time is now
     * @return what came of it
     * @throws IllegalArgumentException if the terms allow it and a key with this identifier or this hash is there
     *     already; it stays as it is, and nothing is written
     * @throws AuthUnavailableException if the store cannot be asked
     */
    AddResult add(APIKey key, AddTerms terms, AuditNote note);

    /**
     * Adds many keys at once, without terms: all that can be, or in case of an exception none. A key whose identifier or
     * hash is there already, or comes earlier in the list, is left out, so that what was interrupted can be repeated.
     *
     * @param keys the keys; a few thousand at a time
     * @param note what to write down for each key that is added
     * @return the identifiers of those that were added
     * @throws AuthUnavailableException if the store cannot be asked
     */
    Set<UUID> addAll(List<APIKey> keys, AuditNote note);

    /**
     * Changes what an owner can change of a key, also of one that is revoked or has expired.
     *
     * @param id the identifier
     * @param change made with {@link KeyChange#appliedTo(APIKey)}
     * @param note what to write down, unless nothing changes
     * @return the key as it stands afterwards, or null if there is none
     * @throws AuthUnavailableException if the store cannot be asked
     */
    @Nullable
    APIKey change(UUID id, KeyChange change, AuditNote note);

    /**
     * Gives a key a successor: adds that, and has the old key work no longer than the overlap. Judged by
     * {@link RotateResult#judge}, then by the number of keys: as many as the maximum can have a successor and still work
     * ({@link APIKey#isInOverlap(Instant)}), this one among them. A key that stops working at once does not count.
     *
     * @param id the old key's identifier
     * @param successor the new key, all of whose fields are stored
     * @param overlapEnd when the old key stops working, unless it expires before: see
     *     {@link APIKey#rotated(UUID, Instant)}
     * @param maximumKeys how many keys of the owner can be in their overlap
     * @param note what to write down of the old key; of the successor the same is written as {@link AuditAction#ISSUE},
     *     after it. Its time is now
     * @return what came of it; of several rotations at once one is {@link RotateResult#ROTATED}
     * @throws IllegalArgumentException if it could be rotated and a key with the successor's identifier or hash is there
     *     already; nothing is changed
     * @throws AuthUnavailableException if the store cannot be asked
     */
    RotateResult rotate(UUID id, APIKey successor, Instant overlapEnd, int maximumKeys, AuditNote note);

    /**
     * Revokes a key for good. Of several revocations the first one's time is kept, and only that is written down.
     *
     * @param id the identifier
     * @param note what to write down; its time is that of the revocation
     * @return the key as it stands afterwards, or null if there is none
     * @throws AuthUnavailableException if the store cannot be asked
     */
    @Nullable
    APIKey revoke(UUID id, AuditNote note);

    /**
     * Deletes a key. Nothing of it is left but its records in the audit, and its identifier where it is a successor.
     *
     * @param id the identifier
     * @param note what to write down
     * @return the key as it stood, or null if there was none
     * @throws AuthUnavailableException if the store cannot be asked
     */
    @Nullable
    APIKey delete(UUID id, AuditNote note);

    /**
     * Notes that a key was used. The last use only moves forward, and nothing else of the key is changed; it may be
     * revoked or expired by now. Nothing happens if there is no such key. This is not written to the audit.
     *
     * @param id the identifier
     * @param usedAt when
     * @throws AuthUnavailableException if the store cannot be asked
     */
    void touch(UUID id, Instant usedAt);

    /**
     * Puts another hash of the same plaintext in the place of a key's hash. Versions only move forward: nothing happens
     * if the key has this version or a later one, if there is no such key, or if another key has this hash. Nothing else
     * of the key is changed, whether it is revoked or has expired. This is not written to the audit.
     *
     * @param id the identifier
     * @param hash made with the pepper of this version
     * @param hashVersion from 1 to 32,767
     * @return whether the hash was replaced
     * @throws AuthUnavailableException if the store cannot be asked
     */
    boolean rehash(UUID id, SHA256 hash, int hashVersion);

    /**
     * Counts the keys that still work by how they are hashed, so that it can be seen when nothing stands on an old
     * pepper any more. This may look at every key.
     *
     * @param now the time to judge by, as {@link APIKey#isActive(Instant)} does
     * @return how many active keys there are of each {@link APIKey#hashVersion()}; none that has no such key
     * @throws AuthUnavailableException if the store cannot be asked
     */
    Map<Integer, Long> countByHashVersion(Instant now);

    /**
     * Lists what was done to keys, the latest first.
     *
     * @param owner of whose keys, deleted ones too, or null for everybody's
     * @param before only records with a lesser number than this; {@link Long#MAX_VALUE} to begin
     * @param limit how many at most, at least 1
     * @return the records; empty at the end
     * @throws AuthUnavailableException if the store cannot be asked
     */
    List<AuditRecord> audit(@Nullable String owner, long before, int limit);
}
