package dev.portcullis.auth.signature;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.SHA256;
import java.time.Instant;
import java.util.UUID;

/**
 * One change to one signing key, as a store wrote it down. Records are only ever added, and stay when the key is deleted.
 *
 * @param number given by the store: of two changes to one key the later one has the greater number
 * @param at when, in whole milliseconds
 * @param action what was done
 * @param keyID the key's identifier
 * @param fingerprint the SHA-256 of the raw public key
 * @param owner the account that the key acts for
 * @param by who did it, and from where
 */
public record SigningKeyRecord(
        long number, Instant at, SigningKeyAction action, UUID keyID, SHA256 fingerprint, String owner, Actor by) {

    /**
     * A record of a change.
     *
     * @param number given by the store
     * @param action what is done
     * @param key to what
     * @param note who does it, and when
     * @return the record
     */
    public static SigningKeyRecord of(long number, SigningKeyAction action, SigningKey key, SigningKeyNote note) {
        return new SigningKeyRecord(
                number,
                Instant.ofEpochMilli(note.at().toEpochMilli()),
                action,
                key.id(),
                key.fingerprint(),
                key.owner(),
                note.by());
    }
}
