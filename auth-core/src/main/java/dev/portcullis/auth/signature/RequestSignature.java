package dev.portcullis.auth.signature;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A signature over one request as its client makes it, with the headers that carry it. */
public final class RequestSignature {

    private final String timestamp;
    private final String fingerprint;
    private final String value;

    private RequestSignature(String timestamp, String fingerprint, String value) {
        this.timestamp = timestamp;
        this.fingerprint = fingerprint;
        this.value = value;
    }

    /**
     * Signs a request: timestamp, method, target and body, with nothing between them.
     *
     * @param key the private key
     * @param at when; from September 2001 to November 2286, the years in which Unix seconds have ten digits
     * @param method the method in upper case
     * @param target the path as it is sent, with the query behind a question mark if there is one
     * @param body the body's bytes as they are sent; empty if there is no body
     * @return the signature
     * @throws IllegalArgumentException if the method or the target is one that no server accepts, or the time has no ten
     *     digits
     */
    public static RequestSignature of(Ed25519SecretKey key, Instant at, String method, String target, byte[] body) {
        String timestamp = Long.toString(at.getEpochSecond());
        if (timestamp.length() != SimpleScheme.DIGITS || timestamp.charAt(0) == '-') {
            throw new IllegalArgumentException("The time must have ten digits in Unix seconds, not " + at);
        }
        if (!method.matches("[A-Z]+")) {
            throw new IllegalArgumentException("The method must be written in upper case");
        }
        if (!SignedTarget.isWellFormed(target)) {
            throw new IllegalArgumentException("The target must be a path with percent-encoding, and perhaps a query");
        }
        byte[] signature = key.sign(SimpleScheme.signed(timestamp, method, target, body));
        return new RequestSignature(timestamp, key.publicKey().fingerprintText(), Base64Text.padded(signature));
    }

    /**
     * The headers to send.
     *
     * @param prefix what their names begin with, such as {@code x-thegrid}
     * @return three values by name
     */
    public Map<String, String> headers(String prefix) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(prefix + SimpleScheme.TIMESTAMP, timestamp);
        headers.put(prefix + SimpleScheme.FINGERPRINT, fingerprint);
        headers.put(prefix + SimpleScheme.SIGNATURE, value);
        return headers;
    }

    /**
     * The signature itself.
     *
     * @return the base64 of the 64 bytes, with padding
     */
    public String value() {
        return value;
    }

    /** The key's fingerprint; the signature opens the request for a while, so that it is not shown. */
    @Override
    public String toString() {
        return "RequestSignature[" + fingerprint + "]";
    }
}
