package dev.portcullis.auth.signature;

import dev.portcullis.auth.Reason;

/** What is signed cannot be made out. Cheap to throw: it has no stack trace. */
final class UnacceptableRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    UnacceptableRequestException(Reason reason) {
        super(reason.detail(), null, false, false);
        this.reason = reason;
    }

    static UnacceptableRequestException malformed() {
        return new UnacceptableRequestException(Reason.MALFORMED_SIGNATURE_HEADERS);
    }

    Reason reason() {
        return reason;
    }
}
