package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.apikey.KeyRefusedException;
import java.time.Duration;

/** A request that has been read: what is left is to ask the store. */
@FunctionalInterface
interface KeyCall {

    /** Asks. */
    KeyAnswer ask();

    /**
     * Asks; a store that breaks its word and throws anything else than it may could not be asked either.
     *
     * @throws KeyRefusedException if it is refused
     * @throws AuthUnavailableException if the store cannot be asked
     */
    default KeyAnswer answer() {
        try {
            return ask();
        } catch (KeyRefusedException | AuthUnavailableException e) {
            throw e;
        } catch (Exception e) {
            throw new AuthUnavailableException(Reason.API_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(1), e);
        }
    }
}
