package dev.portcullis.auth.example;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** A secret-scanning partner, who reports keys that were found in public. */
final class Reporter {

    private static final String NAME = "tour";

    private final KeyPair key;

    Reporter() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec("secp256r1"));
            this.key = keys.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform makes keys on P-256", e);
        }
    }

    /** What it publishes: its key, in the form that GitHub has for it. */
    String published() {
        String pem = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.getPublic().getEncoded());
        return "{\"public_keys\":[{\"key_identifier\":\"" + NAME + "\",\"key\":\"-----BEGIN PUBLIC KEY-----\\n"
                + pem.replace("\n", "\\n") + "\\n-----END PUBLIC KEY-----\\n\",\"is_current\":true}]}";
    }

    /** A report of a token, signed. */
    Ask report(String token) {
        String body = body(token);
        return sent(body, body);
    }

    /** A report of a token under the signature of another one. */
    Ask forged(String token) {
        return sent(body(token), body("another"));
    }

    /** A body that is no report, signed. */
    Ask signed(String body) {
        return sent(body, body);
    }

    private static String body(String token) {
        return "[{\"token\":\"" + token + "\",\"type\":\"portcullis\",\"url\":\"https://code.example/1\","
                + "\"source\":\"commit\"}]";
    }

    private Ask sent(String body, String signedBody) {
        try {
            Signature engine = Signature.getInstance("SHA256withECDSA");
            engine.initSign(key.getPrivate());
            engine.update(signedBody.getBytes(StandardCharsets.UTF_8));
            return Ask.of("POST", "/leaks")
                    .line("GitHub-Public-Key-Identifier: " + NAME)
                    .line("GitHub-Public-Key-Signature: " + Base64.getEncoder().encodeToString(engine.sign()))
                    .json(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform signs with keys on P-256", e);
        }
    }
}
