package dev.portcullis.auth.servlet.keys;

/** Makes text of the client's own fit to stand in an answer: short, and without what is no character. */
final class Shown {

    private static final int LONGEST = 64;

    private Shown() {}

    static String text(String given) {
        StringBuilder text = new StringBuilder();
        given.codePoints()
                .limit(LONGEST)
                .map(c -> Character.getType(c) == Character.SURROGATE ? 0xfffd : c)
                .forEach(text::appendCodePoint);
        return text.toString();
    }
}
