package dev.portcullis.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SigningKeyTest {

    private static final byte[] TEXT = SignatureVectors.MESSAGE;

    private static SigningKey key(KeyPair pair, @Nullable Provider provider) throws GeneralSecurityException {
        return new SigningKey(
                "k",
                KeyFixture.publicKey(pair).getModulus(),
                KeyFixture.publicKey(pair).getPublicExponent(),
                provider);
    }

    private static SigningKey key() throws GeneralSecurityException {
        return key(SignatureVectors.PAIR, null);
    }

    private static boolean verify(SigningKey key, byte[] signature) {
        return key.verify(TEXT, TEXT.length, signature, signature.length);
    }

    @Test
    void the_right_signature_verifies_and_is_what_the_platform_signs() throws Exception {
        assertThat(SignatureVectors.right()).isEqualTo(KeyFixture.sign(SignatureVectors.PAIR, TEXT));
        assertThat(verify(key(), SignatureVectors.right())).isTrue();
    }

    static Stream<Arguments> wrongSignatures() {
        return SignatureVectors.wrong().entrySet().stream()
                .map(vector -> Arguments.of(vector.getKey(), vector.getValue()));
    }

    /** RFC 8017 section 8.2.2; contract: "the signature does not verify" is "Invalid signature." and nothing else. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongSignatures")
    void every_other_signature_is_refused(String what, byte[] signature) throws Exception {
        SigningKey key = key();
        assertThat(verify(key, signature)).as(what).isFalse();
        assertThat(verify(key, SignatureVectors.right()))
                .as("the right one afterwards")
                .isTrue();
    }

    /**
     * RFC 4055 section 2.1 has verifiers take a DigestInfo without NULL as well, and the JDK does. Only the holder of
     * the private key can make such a signature, so nothing is lost; another provider may refuse it.
     */
    @Test
    void a_digest_info_without_NULL_is_taken_as_the_provider_takes_it() throws Exception {
        byte[] info = SignatureVectors.hex("302f300b0609608648016503040201" + "0420", SignatureVectors.sha256(TEXT));
        assertThat(verify(key(), SignatureVectors.signed(SignatureVectors.encoded(info))))
                .isTrue();
    }

    @Test
    void only_the_named_stretch_of_the_arrays_is_read() throws Exception {
        byte[] text = Arrays.copyOf(TEXT, TEXT.length + 10);
        byte[] signature = Arrays.copyOf(SignatureVectors.right(), 300);
        assertThat(key().verify(text, TEXT.length, signature, 256)).isTrue();
        assertThat(key().verify(text, TEXT.length + 1, signature, 256)).isFalse();
        assertThat(key().verify(text, TEXT.length, signature, 257)).isFalse();
    }

    @Test
    void a_modulus_whose_length_is_no_multiple_of_eight_bits_has_signatures_of_the_rounded_length() throws Exception {
        KeyPair pair = KeyFixture.pair("odd length", 2049);
        byte[] signature = KeyFixture.sign(pair, TEXT);
        assertThat(signature).hasSize(257);
        assertThat(verify(key(pair, null), signature)).isTrue();
        assertThat(verify(key(pair, null), Arrays.copyOfRange(signature, 1, 257)))
                .isFalse();
    }

    @Test
    void engines_are_made_ready_once_and_used_again() throws Exception {
        ProviderFixture provider = new ProviderFixture("SHA256withRSA", truth -> truth);
        SigningKey key = key(SignatureVectors.PAIR, provider);
        for (int i = 0; i < 50; i++) {
            assertThat(verify(key, SignatureVectors.right())).isTrue();
        }
        assertThat(provider.engines()).isEqualTo(1);
        assertThat(provider.initialised()).isEqualTo(1);
    }

    /** {@code Signature.verify} may throw where it could return false; the engine's state is unknown afterwards. */
    @Test
    void a_signature_exception_is_a_refusal_and_costs_the_engine() throws Exception {
        ProviderFixture provider = new ProviderFixture("SHA256withRSA", truth -> {
            throw new SignatureException("no");
        });
        SigningKey key = key(SignatureVectors.PAIR, provider);
        assertThat(verify(key, SignatureVectors.right())).isFalse();
        assertThat(provider.engines()).isEqualTo(1);
        provider.answers(truth -> truth);
        assertThat(verify(key, SignatureVectors.right())).isTrue();
        assertThat(provider.engines()).isEqualTo(2);
    }

    /** Contract: "The server's own trouble is never reported as the client's bad token." */
    @Test
    void a_failing_provider_is_an_outage_and_no_bad_signature() throws Exception {
        ProviderFixture provider = new ProviderFixture("SHA256withRSA", truth -> {
            throw new ProviderException("the module is gone");
        });
        SigningKey key = key(SignatureVectors.PAIR, provider);
        assertThatThrownBy(() -> verify(key, SignatureVectors.right()))
                .isInstanceOfSatisfying(
                        AuthUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.SIGNING_KEYS_UNAVAILABLE));
    }

    @Test
    void a_signature_of_the_wrong_length_or_size_never_reaches_the_provider() throws Exception {
        ProviderFixture provider = new ProviderFixture("SHA256withRSA", truth -> true);
        SigningKey key = key(SignatureVectors.PAIR, provider);
        assertThat(verify(key, new byte[255])).isFalse();
        assertThat(verify(key, new byte[257])).isFalse();
        assertThat(verify(key, new byte[0])).isFalse();
        byte[] modulus =
                KeyFixture.publicKey(SignatureVectors.PAIR).getModulus().toByteArray();
        assertThat(verify(key, Arrays.copyOfRange(modulus, 1, 257))).isFalse();
        assertThat(provider.asked()).isZero();
        assertThat(verify(key, new byte[256]))
                .as("the fixture takes what does reach it")
                .isTrue();
    }

    @Test
    void threads_verify_at_once_without_mixing_their_texts() throws Exception {
        SigningKey key = key();
        List<Map.Entry<byte[], byte[]>> signed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            byte[] text = ("text " + i).getBytes(StandardCharsets.US_ASCII);
            signed.add(Map.entry(text, KeyFixture.sign(SignatureVectors.PAIR, text)));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                byte[] text = signed.get(i % 20).getKey();
                byte[] signature = signed.get(i % 20).getValue();
                byte[] other = signed.get((i + 1) % 20).getValue();
                results.add(threads.submit(() -> key.verify(text, text.length, signature, signature.length)
                        && !key.verify(text, text.length, other, other.length)));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void to_string_names_the_key_in_plain_characters_and_without_material() throws Exception {
        assertThat(key()).hasToString("SigningKey['k']");
        assertThat(new SigningKey(
                        "a\nWARN 'forged'",
                        KeyFixture.publicKey(SignatureVectors.PAIR).getModulus(),
                        KeyFixture.publicKey(SignatureVectors.PAIR).getPublicExponent(),
                        null))
                .hasToString("SigningKey['a?WARN ?forged?']");
    }
}
