package dev.portcullis.auth.jwt;

/** Why a fetch gave no usable keys, in words for the log: "the key set …". Never shown to a client. */
final class FetchFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    FetchFailedException(String problem) {
        super(problem, null, false, false);
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
