package dev.portcullis.auth.spring;

/** A controller needs its caller, and nobody is signed in. */
final class NotSignedInException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotSignedInException() {
        super("A controller asks for its Caller, but nobody is signed in", null, false, false);
    }
}
