package dev.portcullis.auth.jwt;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** RSA keys, made once for all tests, and what is published of them. */
final class KeyFixture {

    private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

    private KeyFixture() {}

    /** The pair of 2048 bits that goes by a name, the same one for all tests. */
    static KeyPair pair(String name) {
        return pair(name, 2048);
    }

    static KeyPair pair(String name, int bits) {
        return PAIRS.computeIfAbsent(name + "/" + bits, ignored -> generate(bits));
    }

    private static KeyPair generate(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static RSAPublicKey publicKey(KeyPair pair) {
        return (RSAPublicKey) pair.getPublic();
    }

    static RSAPrivateCrtKey privateKey(KeyPair pair) {
        return (RSAPrivateCrtKey) pair.getPrivate();
    }

    static byte[] sign(KeyPair pair, byte[] text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a key verifies what the pair of this name signs. */
    static boolean verifies(@Nullable SigningKey key, String pair) {
        byte[] text = {1, 2, 3};
        byte[] signature = sign(pair(pair), text);
        return key != null && key.verify(text, text.length, signature, signature.length);
    }

    /** A JWK of a pair, with {@code kid} of the same name. */
    static String jwk(String name) {
        return jwk(name, pair(name));
    }

    static String jwk(@Nullable String kid, KeyPair pair) {
        return json(members(kid, pair));
    }

    /** The JSON text of each member, to be changed by a test. */
    static Map<String, String> members(@Nullable String kid, KeyPair pair) {
        Map<String, String> members = new TreeMap<>();
        members.put("kty", "\"RSA\"");
        members.put("use", "\"sig\"");
        members.put("alg", "\"RS256\"");
        members.put("n", "\"" + base64url(publicKey(pair).getModulus()) + "\"");
        members.put("e", "\"" + base64url(publicKey(pair).getPublicExponent()) + "\"");
        if (kid != null) {
            members.put("kid", "\"" + kid + "\"");
        }
        return members;
    }

    static String json(Map<String, String> members) {
        StringBuilder json = new StringBuilder("{");
        members.forEach((name, value) -> json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
        return json.append('}').toString();
    }

    static String set(String... jwks) {
        return "{\"keys\":[" + String.join(",", jwks) + "]}";
    }

    static String base64url(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return base64url(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
