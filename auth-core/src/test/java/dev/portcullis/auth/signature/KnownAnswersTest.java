package dev.portcullis.auth.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Answers that others have worked out. */
class KnownAnswersTest {

    private static final Ed25519SecretKey TEST_1 =
            Objects.requireNonNull(Ed25519SecretKey.parse("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="));

    /** RFC 8032 section 7.1, TEST 1. */
    @Test
    void public_key_and_fingerprint_follow_from_the_seed() {
        Ed25519PublicKey key = TEST_1.publicKey();

        assertThat(Base64.getEncoder().encodeToString(key.encoded()))
                .isEqualTo("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
        assertThat(key.fingerprintText()).isEqualTo("If4x36FUomFia/hUBG/SJxt77UtqvkWqWId+9H+XIbk");
    }

    @Test
    void a_request_has_its_one_signature() {
        RequestSignature signature = RequestSignature.of(
                TEST_1, Instant.ofEpochSecond(1706500000), "GET", "/v1/orders?status=open", new byte[0]);

        assertThat(signature.value())
                .isEqualTo("IGGlqoaFqTFDjNYMwiwh5AWM/sTzEPDgo8i/9bcGSoaNrPLCO2qtCVuupOrKnmN4nDXpb0bHG7Q9z7PXyPfGCA==");
        assertThat(signature.headers("x-thegrid"))
                .containsEntry("x-thegrid-timestamp", "1706500000")
                .containsEntry("x-thegrid-fingerprint", "If4x36FUomFia/hUBG/SJxt77UtqvkWqWId+9H+XIbk");
    }

    /** RFC 8032 section 7.1, TEST 1, TEST 2, TEST 3 and TEST SHA(abc). */
    @Test
    void signatures_of_RFC_8032_are_made_and_verified() {
        String[][] rows = {
            {
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            },
            {
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            },
            {
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
            },
            {
                "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
                "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
                "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
            }
        };
        HexFormat hex = HexFormat.of();
        for (String[] row : rows) {
            Ed25519SecretKey key = Objects.requireNonNull(Ed25519SecretKey.of(hex.parseHex(row[0])));
            byte[] signature = key.sign(hex.parseHex(row[1]));

            assertThat(hex.formatHex(signature)).isEqualTo(row[2]);
            assertThat(key.publicKey().verifies(hex.parseHex(row[1]), signature))
                    .isTrue();
        }
    }

    /** RFC 9421 appendix B.2.6, with the key of B.1.4. */
    @Test
    void the_message_signature_of_RFC_9421_verifies() throws UnacceptableRequestException {
        SentRequest request = SentRequest.of("POST", "/foo?param=Value&Pet=dog")
                .with("host", "example.com")
                .with("date", "Tue, 20 Apr 2021 02:07:55 GMT")
                .with("content-type", "application/json")
                .with(
                        "content-digest",
                        "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:")
                .with("content-length", "18")
                .body("{\"hello\": \"world\"}");
        Map<String, Object> inputs = StructuredField.dictionary(
                "sig-b26=(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
                        + ";created=1618884473;keyid=\"test-key-ed25519\"");
        Map<String, Object> signatures = StructuredField.dictionary(
                "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:");
        byte[] base = SignatureInput.of(inputs.get("sig-b26")).base(request);
        byte[] signature = ((StructuredField.ByteSequence)
                        ((StructuredField.Item) Objects.requireNonNull(signatures.get("sig-b26"))).value())
                .decoded();
        Ed25519PublicKey key =
                Objects.requireNonNull(Ed25519PublicKey.parse("JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="));

        assertThat(new String(base, StandardCharsets.US_ASCII)).isEqualTo("""
                "date": Tue, 20 Apr 2021 02:07:55 GMT
                "@method": POST
                "@path": /foo
                "@authority": example.com
                "content-type": application/json
                "content-length": 18
                "@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"\
                """);
        assertThat(key.verifies(base, signature)).isTrue();
        assertThat(ContentDigest.matches(request.headers("content-digest").get(0), request.content()))
                .isTrue();
    }
}
