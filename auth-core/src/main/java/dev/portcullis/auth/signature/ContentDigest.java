package dev.portcullis.auth.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;

/** The digests of a body in {@code Content-Digest} (RFC 9530 section 2). */
final class ContentDigest {

    /** Those that are not broken, as the registry names them, and as Java does. */
    private static final Map<String, String> ALGORITHMS = Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");

    private ContentDigest() {}

    /**
     * Whether a field is true of a body: each digest that is known here must be, and one must be known.
     *
     * @throws UnacceptableRequestException if the field is malformed
     */
    static boolean matches(String field, byte[] body) throws UnacceptableRequestException {
        boolean known = false;
        for (Map.Entry<String, Object> member :
                StructuredField.dictionary(field).entrySet()) {
            String algorithm = ALGORITHMS.get(member.getKey());
            if (algorithm != null) {
                known = true;
                if (!MessageDigest.isEqual(bytes(member.getValue()), digest(algorithm, body))) {
                    return false;
                }
            }
        }
        return known;
    }

    private static byte[] bytes(Object member) throws UnacceptableRequestException {
        if (member instanceof StructuredField.Item item
                && item.value() instanceof StructuredField.ByteSequence sequence) {
            return sequence.decoded();
        }
        throw UnacceptableRequestException.malformed();
    }

    /** As it is sent. */
    static String field(byte[] body) {
        return "sha-256=:" + Base64Text.padded(digest("SHA-256", body)) + ":";
    }

    private static byte[] digest(String algorithm, byte[] body) {
        try {
            return MessageDigest.getInstance(algorithm).digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm, e);
        }
    }
}
