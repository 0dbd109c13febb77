package dev.portcullis.auth.servlet;

/**
 * Why one of the endpoints here cannot make anything of a request, whoever it is from. As with
 * {@link dev.portcullis.auth.Reason}, each has one HTTP status and one exact, stable detail; {@link Refusals} writes
 * them.
 */
public enum RequestFault {
    /** A report of found tokens that is not one. */
    MALFORMED_REPORT(400, "The body must be a JSON array of objects."),
    /** The report's signature is missing or malformed, is by no published key, or does not verify. */
    INVALID_SIGNATURE(403, "Invalid signature."),
    /** Nothing is there. */
    NOT_FOUND(404, "Not found."),
    /** Something is there, but not for this method; {@code Allow} tells for which. */
    METHOD_NOT_ALLOWED(405, "Method not allowed."),
    /** The body is larger than the endpoint reads. */
    BODY_TOO_LARGE(413, "The body is too large."),
    /** The body is not {@code application/json}, in UTF-8 and not compressed. */
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be application/json in UTF-8.");

    private final int status;
    private final String detail;

    RequestFault(int status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    /**
     * The HTTP status that goes with this fault.
     *
     * @return from 400 to 499
     */
    public int status() {
        return status;
    }

    /**
     * The exact words that the client is told.
     *
     * @return a sentence with its full stop, in ASCII without quotes and backslashes
     */
    public String detail() {
        return detail;
    }
}
