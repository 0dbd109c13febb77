package dev.portcullis.auth.spring;

import dev.portcullis.auth.jdbc.JDBCAPIKeyStore;

/**
 * What is kept in the application's database, made once: in an H2 all who write take turns.
 *
 * @param keys the store of keys, which gives the others; no bean by itself, for copies may stand in front of it
 */
record DatabaseStores(JDBCAPIKeyStore keys) {}
