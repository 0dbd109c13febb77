package dev.portcullis.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came out of an {@link AuthenticationMethod}. "Could not check" is not an outcome but an exception. */
public sealed interface Outcome {

    /**
     * The credential is good.
     *
     * @param caller who is calling
     */
    record Authenticated(Caller caller) implements Outcome {}

    /**
     * The credential is not good, or the request is not one with which it can be checked.
     *
     * @param reason why: this, and nothing else but the time, is what the client may be told
     * @param kind the kind of credential that was rejected, or null if the request as a whole was (two credentials)
     * @param serverTime the time by which it was judged, if the client must be told; otherwise null
     */
    record Rejected(
            Reason reason,
            @Nullable CredentialKind kind,
            @Nullable Instant serverTime) implements Outcome {
        /**
         * Checks the reason.
         *
         * @param reason why
         * @param kind the kind of credential that was rejected, or null if the request as a whole was
         * @param serverTime the time by which it was judged, if the client must be told; otherwise null
         * @throws IllegalArgumentException if the reason's status is 403 or 503
         */
        public Rejected {
            if (reason.status() == 403 || reason.status() == 503) {
                throw new IllegalArgumentException("A credential is rejected with a 401 reason, not " + reason);
            }
        }

        /**
         * The credential is not good, whatever time it is.
         *
         * @param reason why
         * @param kind the kind of credential that was rejected, or null if the request as a whole was
         */
        public Rejected(Reason reason, @Nullable CredentialKind kind) {
            this(reason, kind, null);
        }
    }

    /**
     * Nothing is wrong with the credential, if there is one, and still the request is not let in: by where it comes from,
     * or by how the account stands.
     *
     * @param reason why: this, and nothing else, is what the client may be told
     * @param caller who is calling, proven; or null if the request bears no credential
     */
    record Refused(Reason reason, @Nullable Caller caller) implements Outcome {
        /**
         * Checks the reason.
         *
         * @param reason why
         * @param caller who is calling, proven; or null if the request bears no credential
         * @throws IllegalArgumentException if the reason's status is not 403
         */
        public Refused {
            if (reason.status() != 403) {
                throw new IllegalArgumentException("A caller is refused with a 403 reason, not " + reason);
            }
        }
    }

    /** The request bears no credential of this method's kind. */
    record NotApplicable() implements Outcome {
        private static final NotApplicable INSTANCE = new NotApplicable();
    }

    /**
     * The request bears no credential of this method's kind.
     *
     * @return the one instance
     */
    static Outcome notApplicable() {
        return NotApplicable.INSTANCE;
    }

    /**
     * The credential is good.
     *
     * @param caller who is calling
     * @return the outcome
     */
    static Outcome authenticated(Caller caller) {
        return new Authenticated(caller);
    }

    /**
     * The request is not let in, whatever its credential.
     *
     * @param reason why, one of the 403 reasons
     * @param caller who is calling, proven; or null if the request bears no credential
     * @return the outcome
     * @throws IllegalArgumentException if the reason's status is not 403
     */
    static Outcome refused(Reason reason, @Nullable Caller caller) {
        return new Refused(reason, caller);
    }

    /**
     * The credential is not good.
     *
     * @param reason why, one of the 401 reasons; or one of 400, 413 and 415, if a signature cannot be checked as it was sent
     * @param kind the kind of credential that was rejected, or null if the request as a whole was
     * @return the outcome
     * @throws IllegalArgumentException if the reason's status is 403 or 503
     */
    static Outcome rejected(Reason reason, @Nullable CredentialKind kind) {
        return new Rejected(reason, kind);
    }
}
