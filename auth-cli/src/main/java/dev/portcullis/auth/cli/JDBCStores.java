package dev.portcullis.auth.cli;

/** Stores in a database. */
final class JDBCStores implements Stores {

    @Override
    public Opened open(StoreOptions options, Terminal terminal) {
        throw Failure.unavailable("This build has no durable store");
    }
}
