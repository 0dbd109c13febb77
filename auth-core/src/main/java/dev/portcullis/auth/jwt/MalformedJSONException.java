package dev.portcullis.auth.jwt;

/** The text is not JSON of the strict profile. Says where and why, but never quotes the text. */
final class MalformedJSONException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedJSONException(String problem, int position) {
        super(problem + " at byte " + position, null, false, false);
    }
}
