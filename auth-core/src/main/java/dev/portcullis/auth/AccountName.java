package dev.portcullis.auth;

import org.jspecify.annotations.Nullable;

/**
 * What an account can be called so that every store can keep it and index it: 1 to 255 characters (OpenID Connect Core
 * section 2 allows a {@code sub} no more), no control character and no half of one.
 */
public final class AccountName {

    private static final int LONGEST = 255;

    private AccountName() {}

    /**
     * Whether an account can be called so.
     *
     * @param text the name, such as the subject of a {@link Caller}
     * @return whether every store can keep it
     */
    public static boolean isOne(@Nullable String text) {
        return text != null
                && !text.isEmpty()
                && text.length() <= 2 * LONGEST
                && text.codePointCount(0, text.length()) <= LONGEST
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
