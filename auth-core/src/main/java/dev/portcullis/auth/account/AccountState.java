package dev.portcullis.auth.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of one account. The time is kept in whole milliseconds, rounded down.
 *
 * @param suspended whether it is suspended
 * @param verifiedUntil the first moment at which its identity has to be verified again; null if it never has to be
 */
public record AccountState(boolean suspended, @Nullable Instant verifiedUntil) {

    /** An account in order, as all are of which nothing is stored. */
    public static final AccountState IN_ORDER = new AccountState(false, null);

    /**
     * Rounds the time down.
     *
     * @param suspended whether it is suspended
     * @param verifiedUntil the first moment at which its identity has to be verified again; null if it never has to be
     */
    public AccountState {
        if (verifiedUntil != null) {
            verifiedUntil = Instant.ofEpochMilli(verifiedUntil.toEpochMilli());
        }
    }

    /**
     * How the account stands. Suspension is told before verification.
     *
     * @param now the time to judge by
     * @return the standing
     */
    public Standing standing(Instant now) {
        if (suspended) {
            return Standing.SUSPENDED;
        }
        return verifiedUntil != null && !verifiedUntil.isAfter(now) ? Standing.VERIFICATION_EXPIRED : Standing.ACTIVE;
    }
}
