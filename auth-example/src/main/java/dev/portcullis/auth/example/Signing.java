package dev.portcullis.auth.example;

import dev.portcullis.auth.signature.InMemoryReplayMemory;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.ReplayMemory;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import dev.portcullis.auth.signature.SigningKeyStore;
import java.time.InstantSource;

/**
 * What lets signed requests in.
 *
 * @param keys the store of public keys
 * @param requests what remembers requests that came already
 * @param clock what time it is
 */
public record Signing(SigningKeyStore keys, ReplayMemory requests, InstantSource clock) {

    /** All of it in memory, and gone with the server. */
    static Signing inMemory() {
        return new Signing(new InMemorySigningKeyStore(), new InMemoryReplayMemory(), InstantSource.system());
    }

    /** The same with another memory of requests. */
    Signing remembering(ReplayMemory other) {
        return new Signing(keys, other, clock);
    }

    /**
     * Whether time does not pass as everywhere.
     *
     * @return false, but for servers of the tour
     */
    public boolean hasClockOfItsOwn() {
        return !clock.equals(InstantSource.system());
    }

    /**
     * What finds out who has signed a request. Bodies can be as large as those that the API reads.
     *
     * @return a new method
     */
    public SignedRequestAuthentication authentication() {
        return SignedRequestAuthentication.builder()
                .store(keys)
                .replayMemory(requests)
                .maximumBody(JSON.MOST_BYTES)
                .clock(clock)
                .build();
    }
}
