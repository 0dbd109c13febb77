package dev.portcullis.auth;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What came out of judging an API key. */
public sealed interface KeyVerdict {

    /**
     * The key works now.
     *
     * @param id its identifier
     * @param hash its hash, as it stands now
     * @param caller who is calling with it
     * @param expiresAt the first moment at which it no longer works, as far as is known; or null if there is none
     */
    record Good(
            UUID id, SHA256 hash, Caller caller, @Nullable Instant expiresAt) implements KeyVerdict {}

    /**
     * The key does not work.
     *
     * @param reason why, one of the 401 reasons of API keys
     */
    record Bad(Reason reason) implements KeyVerdict {}
}
