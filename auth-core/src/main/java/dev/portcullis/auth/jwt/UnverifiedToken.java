package dev.portcullis.auth.jwt;

import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SecretText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token in the compact serialization (RFC 7515 section 3.1), taken apart and not trusted: nothing in it may be acted
 * on, but for the choice of the key that {@link #verify} then tries. Made for reuse, because its buffers are large: one
 * thread reads one token at a time into it.
 */
final class UnverifiedToken {

    private final char[] chars;
    private final byte[] text;
    private final byte[] header;
    private final byte[] payload;
    private final byte[] signature;
    private int signedLength;
    private int payloadLength;
    private int signatureLength;
    private @Nullable TokenHeader readHeader;
    private @Nullable Map<String, Object> readPayload;

    /**
     * Buffers for tokens of a length.
     *
     * @param maximumLength how many characters a token may have
     */
    UnverifiedToken(int maximumLength) {
        int decoded = Base64URL.decodedLength(maximumLength);
        chars = new char[maximumLength];
        text = new byte[maximumLength];
        header = new byte[decoded];
        payload = new byte[decoded];
        signature = new byte[decoded];
    }

    /**
     * Takes a token apart: the form, then the algorithm, then the rest of the header.
     *
     * @param token the token, as it was sent
     * @throws TokenRejection if it is no compact JWS signed with RS256 of the strict profile
     */
    void read(SecretText token) throws TokenRejection {
        int length = token.length();
        if (length > text.length) {
            throw new TokenRejection(Reason.MALFORMED_TOKEN);
        }
        copy(token, length);
        int firstDot = dot(0, length);
        int secondDot = dot(firstDot + 1, length);
        int headerLength = decode(0, firstDot, header);
        payloadLength = decode(firstDot + 1, secondDot, payload);
        signatureLength = decode(secondDot + 1, length, signature);
        signedLength = secondDot;
        readHeader = TokenHeader.read(header, headerLength);
    }

    /** As ASCII; a character outside of it becomes a byte that is not in the alphabet. */
    private void copy(SecretText token, int length) {
        token.copyTo(0, length, chars);
        for (int i = 0; i < length; i++) {
            text[i] = (byte) Math.min(chars[i], 0x80);
        }
    }

    private int dot(int from, int length) throws TokenRejection {
        for (int i = from; i < length; i++) {
            if (text[i] == '.') {
                return i;
            }
        }
        throw new TokenRejection(Reason.MALFORMED_TOKEN);
    }

    private int decode(int from, int to, byte[] out) throws TokenRejection {
        int length = Base64URL.decode(text, from, to, out);
        if (length < 0) {
            throw new TokenRejection(Reason.MALFORMED_TOKEN);
        }
        return length;
    }

    /** The header's {@code kid} (RFC 7515 section 4.1.4). */
    TokenHeader header() {
        TokenHeader read = readHeader;
        if (read == null) {
            throw new IllegalStateException("No token has been read");
        }
        return read;
    }

    /**
     * The {@code iss} that the token claims to have, to choose a key set with and for nothing else.
     *
     * @return the claim, or null if there is none
     * @throws TokenRejection if the payload is malformed
     */
    @Nullable
    String claimedIssuer() throws TokenRejection {
        Object issuer = payload().get("iss");
        if (issuer == null || issuer instanceof String) {
            return (String) issuer;
        }
        throw new TokenRejection(Reason.MALFORMED_CLAIMS);
    }

    /**
     * Checks the signature; the claims come out only if it holds.
     *
     * @param key a key of the issuer
     * @return the verified token
     * @throws TokenRejection if the signature does not verify, or the signed payload is malformed
     */
    VerifiedToken verify(SigningKey key) throws TokenRejection {
        if (!key.verify(text, signedLength, signature, signatureLength)) {
            throw new TokenRejection(Reason.INVALID_SIGNATURE);
        }
        return new VerifiedToken(Claims.of(payload()), key);
    }

    private Map<String, Object> payload() throws TokenRejection {
        Map<String, Object> members = readPayload;
        if (members == null) {
            try {
                members = JSONReader.readObject(payload, payloadLength);
            } catch (MalformedJSONException e) {
                throw new TokenRejection(Reason.MALFORMED_CLAIMS);
            }
            readPayload = members;
        }
        return members;
    }

    /**
     * Lets go of what was made of a token, so that no request finds it here. The characters stay in the buffers until
     * the next token is read over them.
     */
    void clear() {
        readHeader = null;
        readPayload = null;
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "UnverifiedToken[redacted]";
    }
}
