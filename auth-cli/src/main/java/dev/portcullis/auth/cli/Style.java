package dev.portcullis.auth.cli;

/** Emphasis for people, by the control sequences of ECMA-48; none of it where nobody would see it. */
final class Style {

    private static final Style PLAIN = new Style(false);
    private static final Style COLOURED = new Style(true);

    private final boolean coloured;

    private Style(boolean coloured) {
        this.coloured = coloured;
    }

    static Style of(boolean coloured) {
        return coloured ? COLOURED : PLAIN;
    }

    boolean isColoured() {
        return coloured;
    }

    String bold(String text) {
        return in("1", text);
    }

    String faint(String text) {
        return in("2", text);
    }

    String good(String text) {
        return in("32", text);
    }

    String bad(String text) {
        return in("1;31", text);
    }

    String unsure(String text) {
        return in("33", text);
    }

    private String in(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
