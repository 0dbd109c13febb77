package dev.portcullis.auth.testkit;

/**
 * What every {@link dev.portcullis.auth.apikey.APIKeyStore} must do. A store's test class implements this interface, and
 * with it runs all of these tests:
 *
 * <pre>{@code
 * class MyAPIKeyStoreTest implements APIKeyStoreContract {
 *     public APIKeyStore newStore() {
 *         return new MyAPIKeyStore(…);
 *     }
 * }
 * }</pre>
 */
public interface APIKeyStoreContract
        extends KeyLookupContract,
                KeyAddContract,
                RepeatedRequestContract,
                KeyChangeContract,
                KeyRotationContract,
                KeyListContract,
                KeyAuditContract,
                KeyRaceContract,
                RotationRaceContract,
                KeyRehashContract {}
