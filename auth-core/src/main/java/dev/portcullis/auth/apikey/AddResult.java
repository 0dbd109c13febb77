package dev.portcullis.auth.apikey;

import java.util.UUID;

/** What came of adding a key. */
public sealed interface AddResult {

    /** The key was added. */
    record Added() implements AddResult {}

    /**
     * Nothing was added: the same request was made before.
     *
     * @param id the key that was added then; it may be deleted by now
     */
    record Repeated(UUID id) implements AddResult {}

    /** Nothing was added: the {@code Idempotency-Key} was used before, with another request. */
    record OtherRequest() implements AddResult {}

    /** Nothing was added: the owner has as many keys as it may have. */
    record TooMany() implements AddResult {}
}
