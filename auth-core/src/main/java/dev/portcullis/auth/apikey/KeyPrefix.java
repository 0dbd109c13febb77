package dev.portcullis.auth.apikey;

import java.util.HexFormat;

/**
 * The part of a key that may be shown, taken apart: {@code grd_live_} and the first 8 digits.
 *
 * @param scheme what stands first, such as {@code grd}
 * @param environment the environment
 * @param digits the first 8 hexadecimal digits, as a number
 */
record KeyPrefix(String scheme, Environment environment, int digits) {

    /** How many digits may be shown. */
    static final int SHOWN = 8;

    /** Read leniently, then compared with the one spelling. The message leaves the text out: it may be a whole key. */
    static KeyPrefix parse(String text) {
        int second = text.length() - SHOWN - 1;
        int first = second < 0 ? -1 : text.lastIndexOf('_', second - 1);
        if (first < 0) {
            throw malformed();
        }
        KeyPrefix prefix;
        try {
            prefix = new KeyPrefix(
                    text.substring(0, first),
                    Environment.of(text.substring(first + 1, second)),
                    HexFormat.fromHexDigits(text, second + 1, text.length()));
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        if (!KeyScheme.isName(prefix.scheme) || !prefix.toString().equals(text)) {
            throw malformed();
        }
        return prefix;
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "keyPrefix must be a scheme, an environment and the first 8 digits, as in grd_live_0123abcd");
    }

    @Override
    public String toString() {
        return KeyScheme.head(scheme, environment) + HexFormat.of().toHexDigits(digits);
    }
}
