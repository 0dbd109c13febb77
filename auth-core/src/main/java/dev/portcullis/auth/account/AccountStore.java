package dev.portcullis.auth.account;

import dev.portcullis.auth.AuthUnavailableException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where it is kept how accounts stand, by the subject of their callers. {@code AccountStoreContract} in the test kit checks
 * all that is asked for here; run it on a store of your own.
 *
 * <p>A store is used by many threads at once, and each method is atomic: of a suspension and a verification at the same
 * moment neither undoes the other. Once a method has returned, every later call on this node sees what it did; other nodes
 * see it within a bound that the store publishes. Text is compared exactly.
 *
 * <p>A store that cannot be asked throws {@link AuthUnavailableException} with the reason
 * {@link dev.portcullis.auth.Reason#ACCOUNT_STORE_UNAVAILABLE}. It never answers "in order", or "done", for lack of an
 * answer.
 */
public interface AccountStore {

    /** The topic of {@link dev.portcullis.auth.ChangeNotices} on which changes are told, by the account's name. */
    String CHANGES = "accounts";

    /**
     * Finds how an account stands. This is on the path of every request that bears a credential: a store that is far away
     * answers from a copy near by, no older than its published bound.
     *
     * @param account the account
     * @return its state; {@link AccountState#IN_ORDER} if nothing is stored
     * @throws AuthUnavailableException if the store cannot be asked
     */
    AccountState find(String account);

    /**
     * Suspends an account, or lifts its suspension. Doing so again changes nothing.
     *
     * @param account the account, which need not be known
     * @param suspended whether it is suspended from now on
     * @return its state afterwards
     * @throws AuthUnavailableException if the store cannot be asked
     */
    AccountState suspend(String account, boolean suspended);

    /**
     * Notes until when an account's identity is verified.
     *
     * @param account the account, which need not be known
     * @param until the first moment at which it has to be verified again, in the years 1970 to 9999; null if never
     * @return its state afterwards
     * @throws AuthUnavailableException if the store cannot be asked
     */
    AccountState verify(String account, @Nullable Instant until);
}
