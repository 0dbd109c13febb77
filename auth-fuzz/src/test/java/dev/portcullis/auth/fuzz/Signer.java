package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.ReplayProtection;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import dev.portcullis.auth.signature.SigningKey;
import dev.portcullis.auth.signature.SigningKeyNote;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** A signing key that everybody knows, registered, and what lets its requests in as often as they come. */
final class Signer {

    static final Ed25519SecretKey KEY = Objects.requireNonNull(Ed25519SecretKey.of(new byte[32]));
    static final String FINGERPRINT = KEY.publicKey().fingerprintText();

    static final SigningKeyNote NOTE = new SigningKeyNote(Actor.APPLICATION, Tokens.NOW);

    private static final Set<Integer> STATUSES = Set.of(400, 401, 413, 415);

    private Signer() {}

    static SignedRequestAuthentication method() {
        InMemorySigningKeyStore store = new InMemorySigningKeyStore();
        store.add(
                new SigningKey(
                        new UUID(0x7000, Long.MIN_VALUE), "user_1", "key", KEY.publicKey(), Set.of(), Tokens.NOW),
                1,
                NOTE);
        return SignedRequestAuthentication.builder()
                .store(store)
                .replayProtection(ReplayProtection.OFF)
                .maximumBody(4096)
                .acceptMessageSignatures()
                .clock(Tokens.CLOCK)
                .build();
    }

    static String sign(byte[] bytes) {
        return Base64.getEncoder().encodeToString(KEY.sign(bytes));
    }

    /** Whether the request is let in; if it is not, it must be told one of the contract's reasons. */
    static boolean isLetIn(Outcome outcome) {
        if (outcome instanceof Outcome.Authenticated) {
            return true;
        }
        Input.require(
                outcome instanceof Outcome.Rejected rejected
                        && STATUSES.contains(rejected.reason().status()),
                "a signed request is " + outcome);
        return false;
    }
}
