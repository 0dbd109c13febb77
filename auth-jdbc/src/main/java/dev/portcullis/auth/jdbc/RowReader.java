package dev.portcullis.auth.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes something of the row at which a result stands. */
@FunctionalInterface
interface RowReader<T> {

    T read(ResultSet row) throws SQLException;
}
