/** Keys that last: stores on any JDBC data source, for H2 and PostgreSQL. */
@NullMarked
package dev.portcullis.auth.jdbc;

import org.jspecify.annotations.NullMarked;
