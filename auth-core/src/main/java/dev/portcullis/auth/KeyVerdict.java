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
     * @param known the key, to be shown to the same judge again; null if that would not help it
     */
    record Good(
            UUID id, SHA256 hash, Caller caller, @Nullable KnownKey known) implements KeyVerdict {

        /**
         * When the key will stop working, worked out now: most of who judge never ask.
         *
         * @return the first moment at which it no longer works, as far as is known ({@code expires_at} among the caller's
         *     attributes); or null if there is none
         */
        public @Nullable Instant expiresAt() {
            return caller.attributes().get("expires_at") instanceof Instant end ? end : null;
        }
    }

    /**
     * The key does not work.
     *
     * @param reason why, one of the 401 reasons of API keys
     */
    record Bad(Reason reason) implements KeyVerdict {}
}
