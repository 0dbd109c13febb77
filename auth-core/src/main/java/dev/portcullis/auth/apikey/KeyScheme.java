package dev.portcullis.auth.apikey;

import dev.portcullis.auth.SecretText;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** How keys are written: {@code grd_live_} or {@code grd_test_} and 48 lower-case hexadecimal digits. */
final class KeyScheme {

    /** The scheme unless another is configured. */
    static final String DEFAULT = "grd";

    /** How many random bytes a key has. */
    static final int RANDOM_BYTES = 24;

    private static final int DIGITS = 2 * RANDOM_BYTES;

    /** One bit for each digit, by its distance from 0 among the characters. */
    private static final long HEX = 0x3ffL | 0x3fL << ('a' - '0');

    private final String name;
    private final String claim;
    private final String live;
    private final String test;

    KeyScheme(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "prefix must be a lower-case letter and then lower-case letters and digits, such as 'grd', not '"
                            + name + "'");
        }
        this.name = name.intern();
        claim = name + "_";
        live = head(name, Environment.LIVE);
        test = head(name, Environment.TEST);
    }

    String name() {
        return name;
    }

    /** Whether a text can be a scheme's name: an underscore in it would make keys ambiguous. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.charAt(0) >= 'a'
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }

    /** What stands before the digits. */
    static String head(String name, Environment environment) {
        return name + "_" + environment.label() + "_";
    }

    /** Whether a text says that it is a key of this scheme, well formed or not. */
    boolean claims(SecretText text) {
        return text.startsWith(claim);
    }

    /** The environment of a key, or null if the text is not exactly a key. */
    @Nullable
    Environment environmentOf(SecretText text) {
        if (isKey(text, live)) {
            return Environment.LIVE;
        }
        return isKey(text, test) ? Environment.TEST : null;
    }

    private static boolean isKey(SecretText text, String head) {
        return text.length() == head.length() + DIGITS && text.startsWith(head) && isHex(text, head.length());
    }

    private String head(Environment environment) {
        return environment == Environment.LIVE ? live : test;
    }

    /**
     * Whether only digits from 0 to 9 and a to f follow. Random digits defeat branch prediction, so there is no branch
     * but one at the end: each character moves its own bit to the top.
     */
    private static boolean isHex(SecretText text, int from) {
        long all = -1;
        int seen = 0;
        for (int i = from; i < text.length(); i++) {
            int place = text.charAt(i) - '0';
            all &= HEX << (Long.SIZE - 1 - place);
            seen |= place;
        }
        return all < 0 && seen >= 0 && seen < Long.SIZE;
    }

    /** The part of a key that may be shown. */
    String shownOf(String key, Environment environment) {
        return key.substring(0, head(environment).length() + KeyPrefix.SHOWN);
    }

    /** Writes a key. */
    String write(Environment environment, byte[] random) {
        return head(environment) + HexFormat.of().formatHex(random);
    }
}
