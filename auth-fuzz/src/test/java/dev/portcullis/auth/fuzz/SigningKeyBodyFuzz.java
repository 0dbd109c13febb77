package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.servlet.keys.SigningKeyServlet;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import dev.portcullis.auth.signature.SigningKey;
import dev.portcullis.auth.signature.SigningKeys;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Calls of the endpoints for signing keys. */
public final class SigningKeyBodyFuzz {

    private static final Set<Integer> STATUSES = Set.of(200, 201, 204, 400, 404, 405, 409, 413, 415);
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int MOST = 10;

    private static final APIKeys KEYS =
            APIKeys.builder().store(Keys.store()).clock(Tokens.CLOCK).build();

    private SigningKeyBodyFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Bounds.isLetIn(bytes, SigningKeyBodyFuzz::isLetIn);
    }

    /** Whether it is let in; throws if that, or what is told, is not as it must be. */
    static boolean isLetIn(byte[] bytes) {
        InMemorySigningKeyStore store = new InMemorySigningKeyStore();
        store.add(key(1, "user_1"), MOST, Signer.NOTE);
        SigningKeys signing =
                SigningKeys.builder().store(store).clock(Tokens.CLOCK).build();
        Calls.Answer answer =
                Calls.send(SigningKeyServlet.builder(signing, KEYS).build(), bytes, STATUSES);
        List<SigningKey> after = store.list("user_1", null, MOST);
        int expected = answer.status() == CREATED ? 2 : answer.status() == NO_CONTENT ? 0 : 1;
        Input.require(after.size() == expected, "there are " + after.size() + " keys after a " + answer.status());
        for (SigningKey key : after) {
            Input.require(Calls.USER.permissions().containsAll(key.scopes()), "a key holds more than its owner");
            Input.require(key.name().chars().noneMatch(Character::isISOControl), "a name");
        }
        if (answer.status() == CREATED) {
            String fingerprint = answer.text("fingerprint");
            Input.require(
                    after.stream()
                            .anyMatch(key -> key.publicKey().fingerprintText().equals(fingerprint)),
                    "the fingerprint is of no key");
            isSentInOneSpelling(Calls.json(Input.after(bytes, Calls.HEAD)), after);
        }
        return answer.status() < 400;
    }

    /** One JSON object, with the public key in base64, padded or not, and nothing else in it. */
    private static void isSentInOneSpelling(@Nullable JsonNode body, List<SigningKey> after) {
        String sent = body == null ? "" : body.path("public_key").stringValue("");
        Input.require(
                after.stream()
                        .anyMatch(key -> Base64.getEncoder()
                                .encodeToString(key.publicKey().encoded())
                                .equals(sent.endsWith("=") ? sent : sent + "=")),
                "a public key is taken in another spelling");
    }

    private static SigningKey key(int number, String owner) {
        return new SigningKey(
                new UUID(0x7000, Long.MIN_VALUE | number),
                owner,
                "key",
                Signer.KEY.publicKey(),
                Set.of("catalog:read"),
                Tokens.NOW);
    }
}
