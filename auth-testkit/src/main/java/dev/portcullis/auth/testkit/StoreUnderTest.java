package dev.portcullis.auth.testkit;

import dev.portcullis.auth.apikey.APIKeyStore;

/** Where the store contracts get a store from. */
interface StoreUnderTest {

    /**
     * A store without any keys or records: a new one, or one that was emptied. It is called once for each test; whatever
     * it opens is for the test class to close.
     *
     * @return the store to be tested
     */
    APIKeyStore newStore();
}
