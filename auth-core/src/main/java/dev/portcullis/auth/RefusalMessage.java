package dev.portcullis.auth;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The stable words of one of the application's own resource rules. Made with the rules, at start-up: no text that depends
 * on a request can become one.
 */
public final class RefusalMessage {

    /** One sentence in ASCII, which every body can hold as it stands. */
    private static final Pattern SENTENCE = Pattern.compile("[A-Z][\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]{0,198}\\.");

    private final String text;

    private RefusalMessage(String text) {
        this.text = text;
    }

    static RefusalMessage of(String text) {
        if (!SENTENCE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "The message '" + text + "' must be a sentence of at most 200 characters:"
                            + " printable ASCII without quotes and backslashes, from a capital letter to a full stop");
        }
        for (Reason reason : Reason.values()) {
            if (reason.detail().equals(text)) {
                throw new IllegalArgumentException("The message '" + text + "' is what " + reason
                        + " says: clients could" + " not tell the two apart, so write another");
            }
        }
        return new RefusalMessage(text);
    }

    /**
     * The exact words that the client is told.
     *
     * @return a sentence with its full stop, in ASCII without quotes and backslashes
     */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RefusalMessage that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
