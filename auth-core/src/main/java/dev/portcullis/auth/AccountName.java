package dev.portcullis.auth.apikey;

import org.jspecify.annotations.Nullable;

/**
 * What an account can be called so that every store can keep it and index it: 1 to 255 characters (OpenID Connect Core
 * section 2 allows a {@code sub} no more), no control character and no half of one.
 */
final class AccountName {

    private static final int LONGEST = 255;

    private AccountName() {}

    static boolean isOne(@Nullable String text) {
        return text != null
                && !text.isEmpty()
                && text.length() <= 2 * LONGEST
                && text.codePointCount(0, text.length()) <= LONGEST
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
