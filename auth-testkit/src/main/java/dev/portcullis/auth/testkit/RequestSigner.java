package dev.portcullis.auth.testkit;

import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.signature.RequestSignature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Signs requests as a client does, in either of the two ways: {@link #sign} gives the three headers of the simple scheme,
 * {@link #signMessage} those of an HTTP message signature (RFC 9421). Safe for use by many threads.
 *
 * <pre>{@code
 * RequestSigner signer = RequestSigner.of(Ed25519SecretKey.generate());
 * signer.sign("POST", "/v1/orders?dry=1", body).forEach(request::setHeader);
 * }</pre>
 */
public final class RequestSigner {

    private final Ed25519SecretKey key;
    private final InstantSource clock;
    private final String prefix;

    private RequestSigner(Ed25519SecretKey key, InstantSource clock, String prefix) {
        this.key = key;
        this.clock = clock;
        this.prefix = prefix;
    }

    /**
     * A signer.
     *
     * @param key the private key, whose public half is registered
     * @return a signer by the system's clock, with headers that begin with {@code x-thegrid}
     */
    public static RequestSigner of(Ed25519SecretKey key) {
        return new RequestSigner(key, InstantSource.system(), "x-thegrid");
    }

    /**
     * The same by another clock.
     *
     * @param other what time it takes for now
     * @return a signer
     */
    public RequestSigner clock(InstantSource other) {
        return new RequestSigner(key, other, prefix);
    }

    /**
     * The same with other headers.
     *
     * @param other what their names begin with
     * @return a signer
     */
    public RequestSigner headerPrefix(String other) {
        return new RequestSigner(key, clock, other);
    }

    /**
     * The private key.
     *
     * @return the key
     */
    public Ed25519SecretKey key() {
        return key;
    }

    /**
     * Signs a request with the simple scheme.
     *
     * @param method the method in upper case
     * @param target the path as it is sent, with the query behind a question mark if there is one
     * @param body the body as it is sent, which must be JSON; empty if there is none
     * @return three headers by name
     */
    public Map<String, String> sign(String method, String target, byte[] body) {
        return RequestSignature.of(key, clock.instant(), method, target, body).headers(prefix);
    }

    /**
     * Signs a request by an HTTP message signature over all that the server asks for.
     *
     * @param method the method in upper case
     * @param authority the host, with its port unless that is the usual one
     * @param target the path as it is sent, with the query behind a question mark if there is one
     * @param body the body as it is sent; empty if there is none
     * @return the headers by name: {@code signature-input}, {@code signature}, and {@code content-digest} if there is a
     *     body
     */
    public Map<String, String> signMessage(String method, String authority, String target, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        int mark = target.indexOf('?');
        Map<String, String> components = new LinkedHashMap<>();
        components.put("@method", method);
        components.put("@authority", authority.toLowerCase(Locale.ROOT));
        components.put("@path", mark < 0 ? target : target.substring(0, mark));
        components.put("@query", mark < 0 ? "?" : target.substring(mark));
        if (body.length > 0) {
            String digest = "sha-256=:" + Base64.getEncoder().encodeToString(sha256(body)) + ":";
            components.put("content-digest", digest);
            headers.put("content-digest", digest);
        }
        StringBuilder base = new StringBuilder();
        components.forEach((name, value) ->
                base.append('"').append(name).append("\": ").append(value).append('\n'));
        String input = "(\"" + String.join("\" \"", components.keySet()) + "\");created="
                + clock.instant().getEpochSecond() + ";nonce=\"" + UUID.randomUUID() + "\";keyid=\""
                + key.publicKey().fingerprintText() + "\";alg=\"ed25519\"";
        base.append("\"@signature-params\": ").append(input);
        byte[] signature = key.sign(base.toString().getBytes(StandardCharsets.US_ASCII));
        headers.put("signature-input", "sig1=" + input);
        headers.put("signature", "sig1=:" + Base64.getEncoder().encodeToString(signature) + ":");
        return headers;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The public half alone. */
    @Override
    public String toString() {
        return "RequestSigner[" + key.publicKey().fingerprintText() + "]";
    }
}
