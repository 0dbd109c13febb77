package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.APIKeyStore;

/** Opens the store that the command line names. */
@FunctionalInterface
interface Stores {

    /**
     * Opens a store that is there.
     *
     * @param options which one; checked
     * @param terminal asks for a password, if there must be one
     * @throws dev.portcullis.auth.AuthUnavailableException if it cannot be asked
     */
    Opened open(StoreOptions options, Terminal terminal);

    /** The same, but that a store in a directory is made if there is none. */
    default Stores making() {
        return this;
    }

    /** A store, to be closed after use. */
    interface Opened extends AutoCloseable {

        APIKeyStore store();

        @Override
        void close();
    }
}
