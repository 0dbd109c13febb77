package dev.portcullis.auth.spring;

import org.jspecify.annotations.Nullable;

/**
 * What stands under {@code portcullis.accounts}: how accounts stand. Where there is an AccountStore bean, or a store is
 * named here, nothing that acts for an account is let in unless it is in order.
 *
 * @param store Where it is kept how accounts stand; nowhere, unless given.
 */
record AccountProperties(@Nullable Store store) {

    /** Where it is kept how accounts stand. */
    enum Store {
        /** In the database of the application's data source. */
        JDBC,
        /** In the Redis of {@code portcullis.redis}. */
        REDIS,
        /** In this process, and gone with it. */
        MEMORY
    }
}
