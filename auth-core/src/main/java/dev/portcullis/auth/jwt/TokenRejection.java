package dev.portcullis.auth.jwt;

import dev.portcullis.auth.Reason;

/** Ends the judging of a token with its reason. Has no stack trace: hostile tokens must be cheap to refuse. */
final class TokenRejection extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    TokenRejection(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
