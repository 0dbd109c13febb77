package dev.portcullis.auth;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** What is needed to go on to a route. */
public sealed interface Requirement {

    /** Everybody may go on, signed in or not. */
    record Anyone() implements Requirement {}

    /** Every authenticated caller may go on. */
    record SignedIn() implements Requirement {}

    /**
     * Callers that hold all of these permissions may go on.
     *
     * @param permissions exact permission strings, at least one, in the order in which they were given
     */
    record AllOf(Set<String> permissions) implements Requirement {
        /**
         * Each permission must be a {@code scope-token} of RFC 6749 section 3.3, so that a challenge can name it.
         *
         * @param permissions exact permission strings
         * @throws IllegalArgumentException if there is none, or one is not such a token
         */
        public AllOf {
            if (permissions.isEmpty()) {
                throw new IllegalArgumentException("allOf needs at least one permission; use signedIn() for none");
            }
            permissions.forEach(AllOf::check);
            permissions = Collections.unmodifiableSet(new LinkedHashSet<>(permissions));
        }

        private static void check(String permission) {
            boolean ok = !permission.isEmpty()
                    && permission.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"' && c != '\\');
            if (!ok) {
                throw new IllegalArgumentException("Permission '" + permission
                        + "' must be visible ASCII without spaces, quotes and backslashes (RFC 6749 section 3.3)");
            }
        }
    }

    /** Nobody may go on. */
    record Nobody() implements Requirement {}

    /**
     * Everybody may go on, signed in or not.
     *
     * @return the requirement
     */
    static Requirement anyone() {
        return new Anyone();
    }

    /**
     * Every authenticated caller may go on.
     *
     * @return the requirement
     */
    static Requirement signedIn() {
        return new SignedIn();
    }

    /**
     * Callers that hold all of these permissions may go on.
     *
     * @param permissions exact permission strings, at least one
     * @return the requirement
     * @throws IllegalArgumentException if there is none, or one is not a {@code scope-token} of RFC 6749 section 3.3
     */
    static Requirement allOf(String... permissions) {
        return new AllOf(new LinkedHashSet<>(Arrays.asList(permissions)));
    }

    /**
     * The same as {@link #allOf(String...)}.
     *
     * @param permissions exact permission strings, at least one
     * @return the requirement
     * @throws IllegalArgumentException if there is none, or one is not a {@code scope-token} of RFC 6749 section 3.3
     */
    static Requirement allOf(Collection<String> permissions) {
        return new AllOf(new LinkedHashSet<>(permissions));
    }

    /**
     * Nobody may go on.
     *
     * @return the requirement
     */
    static Requirement nobody() {
        return new Nobody();
    }
}
