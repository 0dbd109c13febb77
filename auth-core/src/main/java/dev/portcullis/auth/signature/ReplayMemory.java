package dev.portcullis.auth.signature;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.SHA256;
import java.time.Instant;

/**
 * Remembers which signed requests came already, for as long as they could be sent again. {@code ReplayMemoryContract} in
 * the test kit checks all that is asked for here. Where several nodes let requests in, they share one memory: what one of
 * them has claimed, none of the others can.
 *
 * <p>Used by many threads at once. A memory that is full, or cannot be asked, lets nothing pass: it throws
 * {@link AuthUnavailableException} with the reason {@link dev.portcullis.auth.Reason#REPLAY_MEMORY_UNAVAILABLE}.
 */
@FunctionalInterface
public interface ReplayMemory {

    /**
     * Claims a request, in one step: of any number of claims of the same request one succeeds.
     *
     * @param fingerprint that of the key it is signed with
     * @param request the hash of what is signed
     * @param now the time
     * @param until the last moment at which the request can be let in; it is remembered up to then, and that moment
     *     included
     * @return whether it was claimed; false if it had been before
     * @throws AuthUnavailableException if it is not known, or there is no room to remember it
     */
    boolean claim(SHA256 fingerprint, SHA256 request, Instant now, Instant until);
}
