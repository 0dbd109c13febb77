package dev.portcullis.auth.account;

import dev.portcullis.auth.Admission;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Reason;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers in whose account is in order, whatever they authenticated with. As soon as an account's suspension is lifted,
 * or it is verified, all that acts for it works again. Callers without a subject, and requests without a credential, act
 * for no account.
 */
public final class Accounts implements Admission {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final AccountStore store;
    private final InstantSource clock;

    private Accounts(AccountStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * An admission by accounts.
     *
     * @param store where it is kept how they stand
     * @return the admission, by the system's clock
     */
    public static Accounts in(AccountStore store) {
        return new Accounts(store, InstantSource.system());
    }

    /**
     * The same by another clock.
     *
     * @param other the time
     * @return another admission
     */
    public Accounts clock(InstantSource other) {
        return new Accounts(store, other);
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuthUnavailableException if the store cannot be asked
     */
    @Override
    public @Nullable Reason objection(@Nullable Caller caller, AuthRequest request) {
        return caller == null ? null : standingOf(caller).objection();
    }

    /**
     * How a caller's account stands.
     *
     * @param caller who is calling
     * @return the standing; {@link Standing#ACTIVE} if the caller has no subject
     * @throws AuthUnavailableException if the store cannot be asked
     */
    public Standing standingOf(Caller caller) {
        String account = caller.subject();
        if (account == null) {
            return Standing.ACTIVE;
        }
        AccountState state = find(account);
        return state.equals(AccountState.IN_ORDER) ? Standing.ACTIVE : state.standing(clock.instant());
    }

    private AccountState find(String account) {
        try {
            return store.find(account);
        } catch (AuthUnavailableException e) {
            throw e;
        } catch (Exception e) { // also a checked one, as other languages let a store throw
            throw new AuthUnavailableException(Reason.ACCOUNT_STORE_UNAVAILABLE, RETRY_AFTER, e);
        }
    }
}
