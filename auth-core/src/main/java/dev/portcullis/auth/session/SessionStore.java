package dev.portcullis.auth.session;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.SHA256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions are kept, by the SHA-256 of the cookie's value. {@code SessionStoreContract} in the test kit checks all
 * that is asked for here; run it on a store of your own.
 *
 * <p>A store is used by many threads at once, and each method is atomic. Once a method has returned, every later call on
 * this node sees what it did; other nodes see it within a bound that the store publishes. Text is given back exactly as
 * it was given; a store never reads a clock of its own.
 *
 * <p>A store that cannot be asked throws {@link AuthUnavailableException} with the reason
 * {@link dev.portcullis.auth.Reason#SESSION_STORE_UNAVAILABLE}. It never answers null, or "done", for lack of an answer.
 * Its exceptions hold no hash.
 */
public interface SessionStore {

    /**
     * The topic of {@link dev.portcullis.auth.ChangeNotices} on which the end of a session is told, and that its key was
     * hashed anew, by the session's identifier. Nothing is told of one that was opened, or whose time is over.
     */
    String CHANGES = "sessions";

    /**
     * How long a session is found after its time is over, so that its client can be told so: a day. After that a store
     * forgets it when it likes.
     */
    Duration KEPT_AFTER_EXPIRY = Duration.ofDays(1);

    /**
     * Finds a session by its hash. This is on the path of every request that bears a session: a store that is far away
     * asks once, or answers from a copy near by, no older than its published bound.
     *
     * @param hash the SHA-256 of the cookie's value
     * @return the session, also when its time is over for less than {@link #KEPT_AFTER_EXPIRY}; or null if there is none
     *     or it was ended
     * @throws AuthUnavailableException if the store cannot be asked
     */
    @Nullable
    Session find(SHA256 hash);

    /**
     * Adds a session, and ends others of its account until there are no more than a number: first those whose time was
     * over when this one was opened, then those that were opened first, never this one.
     *
     * @param session the session, all of whose fields are stored
     * @param maximum how many the account may have, this one among them, and those that are kept after their time too; at
     *     least 1
     * @throws IllegalArgumentException if a session with this identifier or this hash is there already; it stays as it is
     * @throws AuthUnavailableException if the store cannot be asked
     */
    void add(Session session, int maximum);

    /**
     * Lists an account's sessions, the latest first; of those that were opened at the same moment, in any order.
     *
     * @param account whose sessions
     * @param now only sessions whose time is not over at this moment
     * @return all of them; empty if there are none
     * @throws AuthUnavailableException if the store cannot be asked
     */
    List<Session> list(String account, Instant now);

    /**
     * Ends a session: nothing of it is left.
     *
     * @param account whose session it must be
     * @param id the identifier
     * @return whether the account had such a session, also one whose time is over
     * @throws AuthUnavailableException if the store cannot be asked
     */
    boolean end(String account, UUID id);

    /**
     * Ends all sessions that a key opened.
     *
     * @param keyID the key's identifier
     * @return how many there were
     * @throws AuthUnavailableException if the store cannot be asked
     */
    int endAllOfKey(UUID keyID);

    /**
     * Ends all sessions of an account.
     *
     * @param account whose sessions
     * @return how many there were
     * @throws AuthUnavailableException if the store cannot be asked
     */
    int endAllOfAccount(String account);

    /**
     * Notes that a key was hashed anew, in all sessions that it opened.
     *
     * @param keyID the key's identifier
     * @param keyHash the key's hash as it stands now
     * @throws AuthUnavailableException if the store cannot be asked
     */
    void rehashKey(UUID keyID, SHA256 keyHash);
}
