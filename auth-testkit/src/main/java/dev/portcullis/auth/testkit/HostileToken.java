package dev.portcullis.auth.testkit;

/**
 * A token that must be refused, and the words to refuse it with. {@link #toString()} shows its name alone: some of these
 * tokens are signed with an issuer's real key.
 */
public final class HostileToken {

    private final String name;
    private final String token;
    private final String detail;

    HostileToken(String name, String token, String detail) {
        this.name = name;
        this.token = token;
        this.detail = detail;
    }

    /**
     * What is wrong with it.
     *
     * @return a family and a fault, such as {@code kid: path traversal}; no other token of the corpus has this name
     */
    public String name() {
        return name;
    }

    /**
     * The token, to be sent after {@code Authorization: Bearer} and a space.
     *
     * @return what need not be a token at all; see {@link #fitsHeader()}
     */
    public String token() {
        return token;
    }

    /**
     * The exact words that a client is told.
     *
     * @return the {@code detail} of a 401 response
     */
    public String detail() {
        return detail;
    }

    /**
     * Whether it can be sent over HTTP: every character may stand in a field's value (RFC 9110 section 5.5). One that
     * cannot is for tests which call an authentication method directly.
     *
     * @return whether all of it is printable ASCII, space, tab or U+0080 to U+00FF
     */
    public boolean fitsHeader() {
        return token.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~') || (c >= 0x80 && c <= 0xff));
    }

    /** The name, never the token. */
    @Override
    public String toString() {
        return "HostileToken[" + name + "]";
    }
}
