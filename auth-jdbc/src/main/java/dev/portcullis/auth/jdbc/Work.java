package dev.portcullis.auth.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is done with one connection. */
@FunctionalInterface
interface Work<T extends @Nullable Object> {

    T with(Statements statements) throws SQLException;
}
