package dev.portcullis.auth.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Every algorithm but RS256, unsigned, well signed, or signed with what everyone knows (RFC 8725 sections 2.1, 3.1). */
final class AlgorithmFaults {

    /** All but {@code RS256} itself, exactly (RFC 7518 section 3.1, RFC 8725 section 3.1). */
    private static final List<String> ALGORITHMS = List.of(
            "none",
            "None",
            "NONE",
            "nOnE",
            "none ",
            " none",
            "none\0",
            "",
            " ",
            "rs256",
            "Rs256",
            "RS256 ",
            " RS256",
            "RS256\0",
            "RS256\n",
            "RS 256",
            "RS-256",
            "RS256,none",
            "RS2560",
            "RS25",
            "RSA",
            "RSA256",
            "SHA256withRSA",
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            "RSA-OAEP",
            "RSA1_5",
            "dir",
            "A128KW",
            "ES256K",
            "RS1",
            "HS1",
            "null",
            "true",
            "../RS256",
            "RS256/../none",
            "\uff32\uff33256",
            "R\u0405256",
            "RS\u0662\u0665\u0666",
            "RS256\u200b",
            "\ufeffRS256",
            "RS\u00b2\u2075\u2076",
            "\u211dS256",
            "RS256\u0301",
            "\ud835\udde5S256");

    private static final List<String> VALUES = List.of(
            "null",
            "256",
            "true",
            "[]",
            "[\"RS256\"]",
            "[\"RS256\",\"none\"]",
            "{}",
            "{\"RS256\":1}",
            "{\"alg\":\"RS256\"}");

    private final Forge forge;
    private final Members header;
    private final Members claims;

    AlgorithmFaults(Forge forge) {
        this.forge = forge;
        this.header = forge.header();
        this.claims = forge.claims();
    }

    List<HostileToken> tokens() {
        Batch batch = new Batch("alg");
        for (String name : ALGORITHMS) {
            batch.add(Members.quoted(name), forge.token(header.withText("alg", name), claims), Words.ALGORITHM);
        }
        for (String value : VALUES) {
            batch.add("value " + value, forge.token(header.with("alg", value), claims), Words.ALGORITHM);
        }
        batch.add("missing", forge.token(header.without("alg"), claims), Words.ALGORITHM)
                .add("an empty header", forge.token(Members.none(), claims), Words.ALGORITHM)
                .add(
                        "of the payload",
                        forge.token(header.without("alg"), claims.withText("alg", "RS256")),
                        Words.ALGORITHM);
        addOtherNames(batch);
        addUnsigned(batch);
        addOtherSignatures(batch);
        addKeyConfusion(batch);
        return batch.tokens();
    }

    private void addOtherNames(Batch batch) {
        for (String other : List.of("ALG", "Alg", "\u0430lg", "alg ", "alg\0", "algorithm")) {
            Members renamed = header.without("alg").withText(other, "RS256");
            batch.add("name " + Members.quoted(other), forge.token(renamed, claims), Words.ALGORITHM);
        }
    }

    private void addUnsigned(Batch batch) {
        for (String none : List.of("none", "None", "NONE", "nOnE", "RS256 ")) {
            String input = Forge.input(header.withText("alg", none), claims);
            batch.add(
                    "unsigned " + none.strip() + (none.endsWith(" ") ? " and a space" : ""),
                    input + ".",
                    Words.ALGORITHM);
        }
        String bare = Forge.input(Members.none().withText("alg", "none"), claims);
        batch.add("unsigned none without kid", bare + ".", Words.ALGORITHM);
        batch.add("unsigned without alg", Forge.input(header.without("alg"), claims) + ".", Words.ALGORITHM);
        // CVE-2022-21449: r and s of zero.
        for (String zeros : List.of("ES256", "ES384", "ES512", "EdDSA", "Ed25519", "Ed448", "ML-DSA-65")) {
            String input = Forge.input(header.withText("alg", zeros), claims);
            batch.add(zeros + " of zeros", input + "." + Forge.base64(new byte[64]), Words.ALGORITHM);
        }
    }

    /** Good signatures by the published key, of an algorithm that is not the one allowed. */
    private void addOtherSignatures(Batch batch) {
        Map<String, String> rsa = Map.of("RS1", "SHA1withRSA", "RS384", "SHA384withRSA", "RS512", "SHA512withRSA");
        for (String alg : List.of("RS1", "RS384", "RS512")) {
            String input = Forge.input(header.withText("alg", alg), claims);
            String name = String.valueOf(rsa.get(alg));
            batch.add(
                    alg + " well signed",
                    input + "." + Forge.base64(forge.signature(name, null, input)),
                    Words.ALGORITHM);
        }
        Map<String, Integer> salts = Map.of("256", 32, "384", 48, "512", 64);
        for (String bits : List.of("256", "384", "512")) {
            String input = Forge.input(header.withText("alg", "PS" + bits), claims);
            String hash = "SHA-" + bits;
            MGF1ParameterSpec mask = new MGF1ParameterSpec(hash);
            int salt = salts.getOrDefault(bits, 32);
            byte[] signature = forge.signature("RSASSA-PSS", new PSSParameterSpec(hash, "MGF1", mask, salt, 1), input);
            batch.add("PS" + bits + " well signed", input + "." + Forge.base64(signature), Words.ALGORITHM);
        }
    }

    /** The public key, as anyone can read it, for the secret of an HMAC (RFC 8725 section 2.1). */
    private void addKeyConfusion(Batch batch) {
        secrets(forge.publicKey()).forEach((name, secret) -> {
            for (String bits : List.of("256", "384", "512")) {
                String input = Forge.input(header.withText("alg", "HS" + bits), claims);
                String mac = Forge.base64(hmac("HmacSHA" + bits, secret, input));
                batch.add("HS" + bits + " with " + name, input + "." + mac, Words.ALGORITHM);
            }
        });
    }

    private Map<String, byte[]> secrets(RSAPublicKey key) {
        Map<String, byte[]> secrets = new LinkedHashMap<>();
        byte[] der = key.getEncoded();
        byte[] lineFeed = {'\n'};
        String lines = Base64.getMimeEncoder(64, lineFeed).encodeToString(der);
        String pem = "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----";
        secrets.put("the key in PEM", Forge.utf8(pem));
        secrets.put("the key in PEM and a line feed", Forge.utf8(pem + "\n"));
        secrets.put("the key in DER", der);
        // SubjectPublicKeyInfo of an RSA key: 24 octets stand before the RSAPublicKey (RFC 8017 appendix A.1.1).
        secrets.put("the key in PKCS #1", Arrays.copyOfRange(der, 24, der.length));
        secrets.put("the key as JWK", Forge.utf8(forge.key().published().toJSONString()));
        secrets.put("the modulus", Forge.octets(key.getModulus(), 1));
        secrets.put("the modulus and a sign", key.getModulus().toByteArray());
        secrets.put("the modulus in base64url", Forge.utf8(Forge.base64(Forge.octets(key.getModulus(), 1))));
        secrets.put("the kid", Forge.utf8(forge.key().keyId()));
        secrets.put("one NUL", new byte[1]);
        secrets.put("the word secret", "secret".getBytes(StandardCharsets.US_ASCII));
        return secrets;
    }

    private static byte[] hmac(String algorithm, byte[] secret, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return mac.doFinal(Forge.utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm, e);
        }
    }
}
