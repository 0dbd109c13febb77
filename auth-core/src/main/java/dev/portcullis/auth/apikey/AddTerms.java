package dev.portcullis.auth.apikey;

import org.jspecify.annotations.Nullable;

/**
 * On what terms a store may add a key.
 *
 * @param maximumKeys how many keys its owner may have that count, this one among them; see
 *     {@link APIKey#countsAsIssued(java.time.Instant)}
 * @param idempotency what tells a repeated request from a new one, or null if nothing does
 */
public record AddTerms(int maximumKeys, @Nullable Idempotency idempotency) {

    private static final AddTerms ANY = new AddTerms(Integer.MAX_VALUE, null);

    /**
     * Terms that every key meets.
     *
     * @return neither a limit nor a repeated request
     */
    public static AddTerms any() {
        return ANY;
    }
}
