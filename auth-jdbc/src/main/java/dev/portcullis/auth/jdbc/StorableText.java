package dev.portcullis.auth.jdbc;

/** Text that every database gives back as it was given: without U+0000, and without halves of characters. */
final class StorableText {

    private StorableText() {}

    /**
     * The same text. PostgreSQL cannot hold U+0000, and what is sent as UTF-8 has no halves: they would silently become
     * question marks.
     *
     * @throws IllegalArgumentException if it cannot be stored
     */
    static String checked(String text) {
        if (!isOne(text)) {
            throw new IllegalArgumentException("A text with U+0000 or half a character cannot be stored");
        }
        return text;
    }

    static boolean isOne(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
