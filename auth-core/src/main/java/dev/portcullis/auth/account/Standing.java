package dev.portcullis.auth.account;

import dev.portcullis.auth.Reason;
import org.jspecify.annotations.Nullable;

/** How an account stands at a moment. */
public enum Standing {
    /** In order. */
    ACTIVE("active", null),
    /** Suspended: nothing that acts for the account is let in until that is lifted. */
    SUSPENDED("suspended", Reason.ACCOUNT_SUSPENDED),
    /** The account's identity has to be verified again: nothing that acts for it is let in until it is. */
    VERIFICATION_EXPIRED("verification_expired", Reason.ACCOUNT_VERIFICATION_EXPIRED);

    private final String label;
    private final @Nullable Reason objection;

    Standing(String label, @Nullable Reason objection) {
        this.label = label;
        this.objection = objection;
    }

    /**
     * The word for it in bodies.
     *
     * @return {@code active}, {@code suspended} or {@code verification_expired}
     */
    public String label() {
        return label;
    }

    /**
     * Why nothing that acts for the account is let in.
     *
     * @return one of the 403 reasons, or null if the account is in order
     */
    public @Nullable Reason objection() {
        return objection;
    }
}
