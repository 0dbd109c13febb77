package dev.portcullis.auth.signature;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.SHA256;
import java.nio.charset.StandardCharsets;

/**
 * Three headers: the timestamp, the fingerprint of the key, and the signature over timestamp, method, target and body,
 * with nothing between them. The timestamp has ten digits, the method letters alone, and the target begins with a slash,
 * so that only where it ends would be unknown: see {@link SignedBody#readJSON}.
 */
final class SimpleScheme implements SignatureScheme {

    /** How many digits a timestamp has. */
    static final int DIGITS = 10;

    static final String TIMESTAMP = "-timestamp";
    static final String FINGERPRINT = "-fingerprint";
    static final String SIGNATURE = "-signature";

    private final String timestampHeader;
    private final String fingerprintHeader;
    private final String signatureHeader;
    private final int maximumBody;

    SimpleScheme(String headerPrefix, int maximumBody) {
        this.timestampHeader = headerPrefix + TIMESTAMP;
        this.fingerprintHeader = headerPrefix + FINGERPRINT;
        this.signatureHeader = headerPrefix + SIGNATURE;
        this.maximumBody = maximumBody;
    }

    @Override
    public boolean isNamedBy(AuthRequest request) {
        return !request.headers(signatureHeader).isEmpty()
                || !request.headers(timestampHeader).isEmpty()
                || !request.headers(fingerprintHeader).isEmpty();
    }

    @Override
    public PresentedSignature read(AuthRequest request) throws UnacceptableRequestException {
        String timestamp = HeaderField.one(request, timestampHeader);
        String fingerprint = HeaderField.one(request, fingerprintHeader);
        String signature = HeaderField.one(request, signatureHeader);
        byte[] hash = Base64Text.decodeUnpadded(fingerprint, SHA256.LENGTH);
        byte[] bytes = Base64Text.decodePadded(signature, Ed25519PublicKey.SIGNATURE_LENGTH);
        if (!isTimestamp(timestamp) || hash == null || bytes == null) {
            throw UnacceptableRequestException.malformed();
        }
        return new PresentedSignature(
                SHA256.ofHashed(hash),
                Long.parseLong(timestamp),
                Long.MAX_VALUE,
                bytes,
                () -> signed(request, timestamp));
    }

    private byte[] signed(AuthRequest request, String timestamp) throws UnacceptableRequestException {
        String target = SignedTarget.of(request);
        return signed(timestamp, request.method(), target, SignedBody.readJSON(request, maximumBody));
    }

    /** What is signed. */
    static byte[] signed(String timestamp, String method, String target, byte[] body) {
        byte[] head = (timestamp + method + target).getBytes(StandardCharsets.ISO_8859_1);
        if (body.length == 0) {
            return head;
        }
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static boolean isTimestamp(String text) {
        return text.length() == DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
