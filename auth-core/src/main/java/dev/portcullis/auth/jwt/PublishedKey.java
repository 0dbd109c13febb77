package dev.portcullis.auth.jwt;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One JWK (RFC 7517 section 4) that is fit for RS256.
 *
 * @param kid its name, or null if it has none
 * @param modulus odd, of 2048 to 8192 bits (RFC 7518 section 3.3 asks for 2048; what is larger is dear to verify)
 * @param exponent odd, at least 3 (RFC 8017 section 3.1) and below 2^32, beyond which providers differ
 */
record PublishedKey(@Nullable String kid, BigInteger modulus, BigInteger exponent) {

    private static final int LEAST_BITS = 2048;
    private static final int MOST_BITS = 8192;
    private static final int MOST_EXPONENT_BITS = 32;

    /** What belongs to private keys (RFC 7518 section 6.3.2) and symmetric ones (section 6.4.1). */
    private static final List<String> SECRETS = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    /** Stands for a value that no rule here reads: a number, a literal, an object. */
    private static final Object OTHER = new Object();

    /**
     * The members of a JWK by name: strings, lists of the elements of arrays, and {@link #OTHER}. The parser stands at
     * the start of the object before, and at its end afterwards.
     *
     * @return the members, or null if a name is there twice, which RFC 7517 section 4 forbids
     */
    static @Nullable Map<String, Object> members(JsonParser parser) {
        Map<String, Object> members = new HashMap<>();
        boolean repeated = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            repeated |= members.put(name, value(parser)) != null;
        }
        return repeated ? null : members;
    }

    private static Object value(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : OTHER);
                parser.skipChildren();
            }
            return elements;
        }
        parser.skipChildren();
        return OTHER;
    }

    /**
     * Reads a key.
     *
     * @param members as {@link #members} gives them
     * @throws UnusableKeyException if it is not one to verify RS256 signatures with
     */
    static PublishedKey of(Map<String, Object> members) throws UnusableKeyException {
        require("RSA".equals(members.get("kty")), "its kty is not RSA");
        require(members.getOrDefault("use", "sig").equals("sig"), "its use is not sig");
        require(members.getOrDefault("alg", "RS256").equals("RS256"), "its alg is not RS256");
        require(
                !members.containsKey("key_ops")
                        || (members.get("key_ops") instanceof List<?> operations && operations.contains("verify")),
                "its key_ops do not hold verify");
        for (String secret : SECRETS) {
            require(!members.containsKey(secret), "it has the member " + secret + ", which is never published");
        }
        Object kid = members.get("kid");
        require(kid == null || kid instanceof String, "its kid is not a string");
        BigInteger modulus = integer(members, "n");
        require(modulus.bitLength() >= LEAST_BITS, "its modulus has fewer than " + LEAST_BITS + " bits");
        require(modulus.bitLength() <= MOST_BITS, "its modulus has more than " + MOST_BITS + " bits");
        require(modulus.testBit(0), "its modulus is even");
        BigInteger exponent = integer(members, "e");
        require(exponent.testBit(0) && exponent.bitLength() >= 2, "its exponent is not an odd number from 3 on");
        require(exponent.bitLength() <= MOST_EXPONENT_BITS, "its exponent has more than 32 bits");
        return new PublishedKey((String) kid, modulus, exponent);
    }

    /** How many bits the modulus of a JWK has, fit or not; 0 if it has none that can be read. */
    static int bits(Map<String, Object> members) {
        try {
            return integer(members, "n").bitLength();
        } catch (UnusableKeyException e) {
            return 0;
        }
    }

    /** Base64urlUInt (RFC 7518 section 2), in its one spelling. Zero octets in front, which some issuers add, are let be. */
    private static BigInteger integer(Map<String, Object> members, String name) throws UnusableKeyException {
        byte[] text =
                members.get(name) instanceof String value ? value.getBytes(StandardCharsets.US_ASCII) : new byte[0];
        byte[] bytes = new byte[Base64URL.decodedLength(text.length)];
        require(
                text.length > 0 && Base64URL.decode(text, 0, text.length, bytes) >= 0,
                "its " + name + " is not base64url");
        return new BigInteger(1, bytes);
    }

    private static void require(boolean met, String problem) throws UnusableKeyException {
        if (!met) {
            throw new UnusableKeyException(problem);
        }
    }
}
