package dev.portcullis.auth.jwt;

/** Foreign text made fit for one line of a log: short, and in visible ASCII alone, so that it cannot pose as a line of its own. */
final class LogText {

    private static final int LONGEST = 100;

    private LogText() {}

    static String quoted(String text) {
        return "'" + plain(text).replace('\'', '?') + "'";
    }

    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char c = text.charAt(i);
            plain.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return text.length() > LONGEST ? plain.append("...").toString() : plain.toString();
    }
}
