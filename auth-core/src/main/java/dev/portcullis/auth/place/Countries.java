package dev.portcullis.auth.place;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The codes of countries (ISO 3166-1 alpha-2). */
final class Countries {

    private static final Set<String> ISO = Set.of(Locale.getISOCountries());

    /** Kosovo, which has no code of its own, goes by one that is free for users; country databases know it. */
    private static final String KOSOVO = "XK";

    private Countries() {}

    /** The code that a text is, in either case; or null if it is none. */
    static @Nullable String read(String text) {
        boolean ascii = text.length() == 2 && text.chars().allMatch(c -> c < 0x80);
        String code = ascii ? text.toUpperCase(Locale.ROOT) : "";
        return isOne(code) ? code : null;
    }

    private static boolean isOne(String code) {
        return ISO.contains(code) || code.equals(KOSOVO);
    }

    static void check(String code) {
        if (!isOne(code)) {
            throw new IllegalArgumentException(
                    "deniedCountries has '" + code
                            + "', which is no code of ISO 3166-1: write two capital letters, such as GB for the United Kingdom");
        }
    }
}
