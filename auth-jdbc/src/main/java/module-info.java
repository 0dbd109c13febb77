/** Keys that last: a store on any JDBC data source, for H2 and PostgreSQL. */
@org.jspecify.annotations.NullMarked
module dev.portcullis.auth.jdbc {
    requires transitive dev.portcullis.auth.core;
    requires static flyway.core;
    requires static org.checkerframework.checker.qual;
    requires transitive java.sql;
    requires static transitive org.jspecify;
    requires static org.postgresql.jdbc;
    requires org.slf4j;

    exports dev.portcullis.auth.jdbc;
}
