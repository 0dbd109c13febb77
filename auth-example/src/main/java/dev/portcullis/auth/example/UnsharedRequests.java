package dev.portcullis.auth.example;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.signature.ReplayMemory;
import java.time.Duration;
import java.time.Instant;

/**
 * In place of a memory of signed requests where instances share a database but no memory: each could let in what another
 * has let in already, so none does.
 */
final class UnsharedRequests implements ReplayMemory {

    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    @Override
    public boolean claim(SHA256 fingerprint, SHA256 request, Instant now, Instant until) {
        throw new AuthUnavailableException(Reason.REPLAY_MEMORY_UNAVAILABLE, RETRY_AFTER);
    }
}
