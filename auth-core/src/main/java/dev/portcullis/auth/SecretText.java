package dev.portcullis.auth;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A credential as it was sent: a stretch of a header field's value. It is read in place, so that no copy is made, and
 * {@link #toString()} never shows it.
 */
public final class SecretText {

    private final String field;
    private final int start;
    private final int end;

    private SecretText(String field, int start, int end) {
        this.field = field;
        this.start = start;
        this.end = end;
    }

    /**
     * A whole string as a secret.
     *
     * @param text the secret
     * @return the secret, with its text hidden
     */
    public static SecretText of(String text) {
        return new SecretText(text, 0, text.length());
    }

    /**
     * A stretch of a header field's value as a secret, without a copy.
     *
     * @param field the value
     * @param start where the secret begins
     * @param end where it has ended
     * @return the secret, with its text hidden
     * @throws IndexOutOfBoundsException if the stretch is not within the value
     */
    public static SecretText slice(String field, int start, int end) {
        Objects.checkFromToIndex(start, end, field.length());
        return new SecretText(field, start, end);
    }

    /**
     * How long the text is.
     *
     * @return the number of characters
     */
    public int length() {
        return end - start;
    }

    /**
     * One character.
     *
     * @param index from 0 to {@code length() - 1}
     * @return the character
     * @throws IndexOutOfBoundsException if there is no such character
     */
    public char charAt(int index) {
        return field.charAt(start + Objects.checkIndex(index, length()));
    }

    /**
     * Whether the text begins with a prefix, in the same case.
     *
     * @param prefix the prefix
     * @return whether it does
     */
    public boolean startsWith(String prefix) {
        return prefix.length() <= length() && field.startsWith(prefix, start);
    }

    /** Whether a character is in it: {@code indexOf} is a vector instruction, where a loop is not. */
    boolean contains(char c) {
        int at = field.indexOf(c, start);
        return at >= 0 && at < end;
    }

    /**
     * The text itself. Whoever asks for it must keep it out of logs, exceptions and events.
     *
     * @return the secret
     */
    public String reveal() {
        return field.substring(start, end);
    }

    /**
     * Copies a stretch of the text.
     *
     * @param from the first character to copy
     * @param count how many characters
     * @param target where to, from its index 0 on
     * @throws IndexOutOfBoundsException if the stretch is not within the text, or the target is too short
     */
    public void copyTo(int from, int count, char[] target) {
        Objects.checkFromIndexSize(from, count, length());
        field.getChars(start + from, start + from + count, target, 0);
    }

    byte[] toUTF8() {
        return reveal().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretText that
                && length() == that.length()
                && field.regionMatches(start, that.field, that.start, length());
    }

    @Override
    public int hashCode() {
        return reveal().hashCode();
    }

    /** Never the text. */
    @Override
    public String toString() {
        return "SecretText[redacted]";
    }
}
