package dev.portcullis.auth.signature;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTTP message signatures (RFC 9421): one signature, over method, authority, path, query and the body's digest at least,
 * made by an Ed25519 key that is named by its fingerprint.
 */
final class MessageSignatureScheme implements SignatureScheme {

    private static final String SIGNATURE = "signature";
    private static final String SIGNATURE_INPUT = "signature-input";
    private static final List<String> REQUIRED =
            List.of(SignatureInput.METHOD, SignatureInput.AUTHORITY, SignatureInput.PATH);

    private static final int LONGEST_NONCE = 255;
    private static final long LATEST = 9_999_999_999L;

    private final int maximumBody;

    MessageSignatureScheme(int maximumBody) {
        this.maximumBody = maximumBody;
    }

    @Override
    public boolean isNamedBy(AuthRequest request) {
        return !request.headers(SIGNATURE).isEmpty()
                || !request.headers(SIGNATURE_INPUT).isEmpty();
    }

    @Override
    public PresentedSignature read(AuthRequest request) throws UnacceptableRequestException {
        Map<String, Object> inputs = StructuredField.dictionary(HeaderField.one(request, SIGNATURE_INPUT));
        Map<String, Object> signatures = StructuredField.dictionary(HeaderField.one(request, SIGNATURE));
        if (inputs.size() != 1 || !signatures.keySet().equals(inputs.keySet())) {
            throw UnacceptableRequestException.malformed();
        }
        SignatureInput input = SignatureInput.of(inputs.values().iterator().next());
        byte[] fingerprint = fingerprint(input);
        Long created = input.number("created");
        Long expires = input.number("expires");
        if (created == null || !isTime(created) || (expires != null && !isTime(expires)) || !isComplete(input)) {
            throw UnacceptableRequestException.malformed();
        }
        return new PresentedSignature(
                SHA256.ofHashed(fingerprint),
                created,
                expires == null ? Long.MAX_VALUE : expires,
                signature(signatures.values().iterator().next()),
                () -> signed(request, input));
    }

    private static boolean isTime(long seconds) {
        return seconds >= 0 && seconds <= LATEST;
    }

    private static byte[] fingerprint(SignatureInput input) throws UnacceptableRequestException {
        String keyID = input.text("keyid");
        byte[] fingerprint = keyID == null ? null : Base64Text.decodeUnpadded(keyID, SHA256.LENGTH);
        if (fingerprint == null) {
            throw UnacceptableRequestException.malformed();
        }
        return fingerprint;
    }

    private static boolean isComplete(SignatureInput input) {
        String nonce = input.text("nonce");
        return nonce != null
                && !nonce.isEmpty()
                && nonce.length() <= LONGEST_NONCE
                && "ed25519".equals(input.text("alg"))
                && input.components().containsAll(REQUIRED);
    }

    private static byte[] signature(@Nullable Object member) throws UnacceptableRequestException {
        if (member instanceof StructuredField.Item item
                && item.parameters().isEmpty()
                && item.value() instanceof StructuredField.ByteSequence sequence
                && sequence.decoded().length == Ed25519PublicKey.SIGNATURE_LENGTH) {
            return sequence.decoded();
        }
        throw UnacceptableRequestException.malformed();
    }

    /** All that the request says must be covered, and the digest must be that of the body. */
    private byte[] signed(AuthRequest request, SignatureInput input) throws UnacceptableRequestException {
        String target = SignedTarget.of(request);
        int mark = target.indexOf('?');
        boolean queried = mark >= 0;
        if (queried && mark == target.length() - 1) { // which signs what no question mark does: section 2.2.7
            throw new UnacceptableRequestException(Reason.MALFORMED_REQUEST_TARGET);
        }
        byte[] body = SignedBody.read(request, maximumBody);
        boolean digested = input.covers(SignatureInput.CONTENT_DIGEST);
        if ((queried && !input.covers(SignatureInput.QUERY)) || (body.length > 0 && !digested)) {
            throw UnacceptableRequestException.malformed();
        }
        if (digested && !ContentDigest.matches(HeaderField.one(request, SignatureInput.CONTENT_DIGEST), body)) {
            throw new UnacceptableRequestException(Reason.INVALID_REQUEST_SIGNATURE);
        }
        return input.base(request);
    }
}
