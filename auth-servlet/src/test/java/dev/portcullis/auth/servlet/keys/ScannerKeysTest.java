package dev.portcullis.auth.servlet.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and signatures that OpenSSL made. */
final class ScannerKeysTest {

    private static final String KEY = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWPavSGloGCzr9nGe0OO9i+7FUd/5
            XbLmoDtXTG+Sp9OGa8UYbgqkm38eW4lRLXPY3BOFfpYiDy5DCnB309gKkw==
            -----END PUBLIC KEY-----
            """;

    private static final byte[] BODY =
            "[{\"source\":\"commit\",\"token\":\"some_token\",\"type\":\"some_type\",\"url\":\"https://example.com/base-repo-url/\"}]"
                    .getBytes(StandardCharsets.UTF_8);

    private static final String SIGNATURE =
            "MEQCIBk6n01gLdggtajM36xeA7l+NYLO6pWCpj0JtcCzqSCrAiB4F8PmlTQHwfOuZ1YubZow" + "EY4F+v19FpJCxd+QzlxEdQ==";

    /** On P-384, and on secp256k1, of which the JDK knows nothing or little. */
    private static final String P384 = "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEpw8690NolpWsRWalaAptEezW3BppodsNHDkn6TA57TG592"
            + "Fc5kVsOpMTj1SvSguNO4NJSO91WPsIv6CZ/1kNC3kKIad6RbSVHv0YoScjPIarRRmm1xwo+/pH2zyHqnp+";

    private static final String K1 = "MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEnwYCXigQlhxPlquTyIKzdGceSjfILrnc1GVKx38BxntU9xiq"
            + "OOcriQNlJQqWA/ByOnGMJV8l1VPW8HAN+1WuSA==";

    private static byte[] document(String... members) {
        return ("{\"public_keys\":[" + String.join(",", members) + "]}").getBytes(StandardCharsets.UTF_8);
    }

    private static String member(String name, String pem) {
        return "{\"key_identifier\":\"" + name + "\",\"key\":\"" + pem.replace("\n", "\\n") + "\",\"is_current\":true}";
    }

    private static String pem(String base64) {
        return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    }

    private static PublicKey key() {
        return Objects.requireNonNull(
                ScannerKeys.read(document(member("a", KEY))).get("a"));
    }

    @Test
    void a_published_key_verifies_its_signatures() {
        assertThat(ScannerKeys.verify(key(), BODY, SIGNATURE)).isTrue();
    }

    @Test
    void one_bit_of_the_body_counts() {
        byte[] other = BODY.clone();
        other[20] ^= 1;
        assertThat(ScannerKeys.verify(key(), other, SIGNATURE)).isFalse();
    }

    /** The last ones are zero, and zero and the order of the curve, which a verifier must not take for anything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "====",
                "MEQCIBk6n01gLdggtajM36xeA7l+NYLO6pWCpj0JtcCzqSCrAiB4F8PmlTQHwfOuZ1YubZowEY4F+v19FpJCxd+QzlxEdA==",
                "MAYCAQACAQA=",
                "MCUCAQACIQD/////AAAAAP//////////vOb6racXnoTzucrC/GMlUQ==",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
            })
    void other_signatures_are_none(String signature) {
        assertThat(ScannerKeys.verify(key(), BODY, signature)).isFalse();
    }

    @Test
    void a_signature_of_endless_length_is_none() {
        assertThat(ScannerKeys.verify(key(), BODY, SIGNATURE + "A".repeat(100_000)))
                .isFalse();
    }

    @Test
    void keys_on_other_curves_and_of_other_kinds_are_passed_over() {
        Map<String, PublicKey> keys = ScannerKeys.read(document(
                member("p384", pem(P384)),
                member("k1", pem(K1)),
                member("none", "-----BEGIN PUBLIC KEY-----"),
                member("overlapping", "-----BEGIN PUBLIC KEY-----END PUBLIC KEY-----"),
                member("empty", "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----"),
                member("certificate", KEY.replace("PUBLIC KEY", "CERTIFICATE")),
                member("cut", KEY.replace("XbLm", "")),
                "{\"key_identifier\":7,\"key\":\"x\"}",
                "{\"key\":\"x\"}",
                "{}",
                "{\"key_identifier\":\"twice\",\"key\":\"x\",\"key\":\"y\"}",
                member("good", KEY)));
        assertThat(keys).containsOnlyKeys("good");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"public_keys\":{}}",
                "{\"public_keys\":[[]]}",
                "{\"keys\":[]}",
                "{\"public_keys\":[]} x",
                "{\"public_keys\":["
            })
    void other_documents_hold_no_keys(String text) {
        assertThat(ScannerKeys.read(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void a_document_with_too_many_keys_holds_none() {
        assertThat(ScannerKeys.read(document(members(100)))).hasSize(100);
        assertThat(ScannerKeys.read(document(members(101)))).isEmpty();
    }

    private static String[] members(int count) {
        return IntStream.range(0, count).mapToObj(i -> member("key " + i, KEY)).toArray(String[]::new);
    }
}
