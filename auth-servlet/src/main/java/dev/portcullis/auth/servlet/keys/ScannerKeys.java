package dev.portcullis.auth.servlet.keys;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys with which a secret-scanning partner signs its reports, as GitHub publishes them: ECDSA on P-256 with
 * SHA-256, each key as a {@code SubjectPublicKeyInfo} in PEM (RFC 7468 section 13).
 */
final class ScannerKeys {

    private static final Logger LOG = LoggerFactory.getLogger(LeakServlet.class);

    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";
    private static final int MOST_KEYS = 100;

    /** A signature in base64 is a little over a hundred characters long. */
    private static final int LONGEST_SIGNATURE = 200;

    private ScannerKeys() {}

    /** Reads a document: the keys by name; empty if it is none. A key that cannot be used is passed over. */
    static Map<String, PublicKey> read(byte[] document) {
        List<Map<String, List<Object>>> published = JSONInput.objectsIn("public_keys", document);
        Map<String, PublicKey> keys = new HashMap<>();
        if (published == null || published.size() > MOST_KEYS) {
            return keys;
        }
        for (Map<String, List<Object>> each : published) {
            if (only(each, "key_identifier") instanceof String name && only(each, "key") instanceof String pem) {
                PublicKey key = key(pem);
                if (key != null) {
                    keys.put(name, key);
                }
            }
        }
        if (keys.size() < published.size()) {
            LOG.warn("Of {} keys of the secret scanner {} can be used", published.size(), keys.size());
        }
        return keys;
    }

    private static @Nullable Object only(Map<String, List<Object>> members, String name) {
        List<Object> values = members.getOrDefault(name, List.of());
        return values.size() == 1 ? values.get(0) : null;
    }

    private static @Nullable PublicKey key(String pem) {
        String text = pem.strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END) || text.length() < BEGIN.length() + END.length()) {
            return null;
        }
        String base64 = text.substring(BEGIN.length(), text.length() - END.length());
        try {
            byte[] der = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
            PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
            return key instanceof ECPublicKey ec && isP256(ec.getParams()) ? key : null;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isP256(ECParameterSpec found) throws GeneralSecurityException {
        AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
        named.init(new ECGenParameterSpec("secp256r1"));
        ECParameterSpec wanted = named.getParameterSpec(ECParameterSpec.class);
        return found.getCurve().equals(wanted.getCurve())
                && found.getGenerator().equals(wanted.getGenerator())
                && found.getOrder().equals(wanted.getOrder())
                && found.getCofactor() == wanted.getCofactor();
    }

    /** Whether a signature in base64 is a key's over a body. */
    static boolean verify(PublicKey key, byte[] body, String signature) {
        if (signature.length() > LONGEST_SIGNATURE) {
            return false;
        }
        try {
            byte[] der = Base64.getDecoder().decode(signature);
            Signature engine = Signature.getInstance("SHA256withECDSA");
            engine.initVerify(key);
            engine.update(body);
            return engine.verify(der);
        } catch (SignatureException | IllegalArgumentException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA256withECDSA, and took this key before", e);
        }
    }
}
