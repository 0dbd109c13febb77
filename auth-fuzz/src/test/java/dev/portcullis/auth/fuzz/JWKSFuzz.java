package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.jwt.KeySetReport;
import dev.portcullis.auth.jwt.TokenInspection;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * A JWK Set. A key that is used is an RSA key of 2048 bits at least, and for RS256 signatures; a signature holds only if
 * its key is published, and an unusable key more does the others no harm.
 */
public final class JWKSFuzz {

    private static final int FEWEST_BITS = 2048;
    private static final int MOST_KEYS = 100;

    private static final SecretText TOKEN = SecretText.of(Tokens.sign(Tokens.HEADER, "{\"exp\":1767225660}"));
    private static final BigInteger MODULUS =
            new BigInteger(1, Base64.getUrlDecoder().decode(Tokens.N));
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JWKSFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Bounds.isLetIn(bytes, JWKSFuzz::isLetIn);
    }

    /** Whether a signature by the key that everybody knows holds; throws if anything is not as it must be. */
    static boolean isLetIn(byte[] document) {
        KeySetReport report = KeySetReport.of(document);
        List<KeySetReport.Key> used =
                report.keys().stream().filter(KeySetReport.Key::isUsable).toList();
        for (KeySetReport.Key key : used) {
            Input.require(key.bits() >= FEWEST_BITS && "RSA".equals(key.type()), "a weak key is used: " + key);
            Input.require(key.use() == null || key.use().equals("sig"), "a key is used for another use");
            Input.require(key.algorithm() == null || key.algorithm().equals("RS256"), "another algorithm is used");
        }
        Input.require(report.isUsable() || used.isEmpty(), "a set is refused, and its keys are not");
        JsonNode set = read(document);
        Input.require(set != null || !report.isUsable(), "what is no JSON is used");
        boolean verified = verifies(report);
        Input.require(!verified || (set != null && publishes(set)), "a key verifies that is not published");
        JsonNode read = Calls.json(withoutMark(document));
        if (read != null && report.isUsable() && read.path("keys").size() < MOST_KEYS) {
            KeySetReport more = KeySetReport.of(withOneMore(read));
            Input.require(
                    more.keys().stream()
                                    .filter(KeySetReport.Key::isUsable)
                                    .toList()
                                    .equals(used)
                            && verifies(more) == verified,
                    "an unusable key spoils the others");
        }
        return verified;
    }

    /** A byte order mark can stand before a document, as RFC 8259 section 8.1 leaves it to whoever reads it. */
    private static byte[] withoutMark(byte[] document) {
        boolean marked = document.length > 2
                && document[0] == (byte) 0xef
                && document[1] == (byte) 0xbb
                && document[2] == (byte) 0xbf;
        return marked ? Arrays.copyOfRange(document, 3, document.length) : document;
    }

    /** Also with members that are there twice: they make one key unusable, and not the others. */
    private static @Nullable JsonNode read(byte[] document) {
        try {
            return JSON.readTree(new String(withoutMark(document), StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            return null;
        }
    }

    private static boolean verifies(KeySetReport report) {
        return TokenInspection.builder().keys(report).clock(Tokens.CLOCK).inspect(TOKEN).checks().stream()
                .anyMatch(check ->
                        check.reason() == Reason.INVALID_SIGNATURE && check.result() == TokenInspection.Result.PASSED);
    }

    private static boolean publishes(JsonNode set) {
        return set.path("keys").valueStream().anyMatch(key -> MODULUS.equals(number(key.path("n"))));
    }

    private static @Nullable BigInteger number(JsonNode text) {
        try {
            return text.isString() ? new BigInteger(1, Base64.getUrlDecoder().decode(text.stringValue())) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] withOneMore(JsonNode set) {
        ArrayNode keys = JSON.createArrayNode().add(JSON.createObjectNode().put("kty", "oct"));
        set.path("keys").valueStream().forEach(keys::add);
        return JSON.createObjectNode().set("keys", keys).toString().getBytes(StandardCharsets.UTF_8);
    }
}
