package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SHA256Test {

    private static String hex(String text) {
        return HexFormat.of().formatHex(SHA256.of(SecretText.of(text)).toBytes());
    }

    private static byte[] reference(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertHashed(String text) {
        assertThat(SHA256.of(SecretText.of(text)).toBytes())
                .as("%d characters", text.length())
                .isEqualTo(reference(text));
    }

    /** The examples that NIST publishes for FIPS 180-4, and the empty message. */
    @ParameterizedTest
    @CsvSource({
        "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
                + "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu,"
                + "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
    })
    void published_examples_come_out(String text, String hash) {
        assertThat(hex(text)).isEqualTo(hash);
    }

    @Test
    void a_million_letters_a_come_out_as_published() {
        assertThat(hex("a".repeat(1_000_000)))
                .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }

    /** Texts are hashed in pieces of 1,024 characters. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 55, 56, 63, 64, 65, 1023, 1024, 1025, 2047, 2048, 2049, 5000})
    void pieces_join_without_a_seam(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) (' ' + i % 95));
        }

        assertHashed(text.toString());
    }

    /** Where the first character beyond ASCII stands, all before it may have been hashed already. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 1015, 1016, 1022, 1023, 1024, 1025, 2048, 3000})
    void characters_beyond_ascii_are_hashed_in_utf8_wherever_they_stand(int before) {
        for (String odd : List.of("\u0080", "\u00e9", "\u00ff", "\u0100", "\u20ac", "\ud83d\ude00", "\uffff")) {
            assertHashed("a".repeat(before) + odd);
            assertHashed("a".repeat(before) + odd + "z".repeat(2000));
        }
    }

    @Test
    void a_surrogate_pair_may_lie_across_two_pieces() {
        assertHashed("a".repeat(1023) + "\ud83d\ude00" + "b".repeat(1023));
        assertHashed("\ud83d\ude00".repeat(3000));
    }

    /** As {@code String.getBytes} does it: a lone surrogate is a question mark. No credential of ours can hold one. */
    @Test
    void a_lone_surrogate_is_hashed_as_a_question_mark() {
        assertHashed("a\ud83d");
        assertHashed("\ude00" + "a".repeat(2000));
        assertHashed("a".repeat(1023) + "\ud83d" + "a");
        assertThat(hex("\ud83d")).isEqualTo(hex("?"));
    }

    @Test
    void only_the_slice_is_hashed() {
        SecretText slice = SecretText.slice("Bearer abc ", 7, 10);

        assertThat(SHA256.of(slice)).isEqualTo(SHA256.of(SecretText.of("abc")));
    }

    /** A hasher is used again; what it hashed before must not show. */
    @Test
    void hashes_do_not_depend_on_what_was_hashed_before() {
        for (long seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(2500);
            int limit = random.nextInt(3) == 0 ? 0xd7ff : random.nextBoolean() ? 0x100 : 0x80;
            for (int i = 0; i < length; i++) {
                text.append((char) random.nextInt(limit));
            }
            assertThat(SHA256.of(SecretText.of(text.toString())).toBytes())
                    .as("seed %d", seed)
                    .isEqualTo(reference(text.toString()));
        }
    }

    @Test
    void many_threads_hash_at_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String text = ("thread " + i + " ").repeat(i + 1);
                SHA256 expected = SHA256.ofHashed(reference(text));
                tasks.add(() -> {
                    boolean same = true;
                    for (int round = 0; round < 500; round++) {
                        same &= SHA256.of(SecretText.of(text)).equals(expected);
                    }
                    return same;
                });
            }
            for (Future<Boolean> same : threads.invokeAll(tasks)) {
                assertThat(same.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_value_is_a_map_key() {
        Map<SHA256, String> names = new HashMap<>();
        names.put(SHA256.of(SecretText.of("abc")), "abc");

        assertThat(names).containsEntry(SHA256.ofHashed(reference("abc")), "abc");
        assertThat(names).doesNotContainKey(SHA256.of(SecretText.of("abd")));
    }

    @Test
    void every_bit_counts() {
        SHA256 value = SHA256.of(SecretText.of("abc"));
        for (int bit = 0; bit < 256; bit++) {
            byte[] other = value.toBytes();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(SHA256.ofHashed(other)).as("bit %d", bit).isNotEqualTo(value);
        }
    }

    @Test
    void bytes_are_copied_both_ways() {
        byte[] bytes = reference("abc");
        SHA256 value = SHA256.ofHashed(bytes);
        bytes[0]++;
        value.toBytes()[1]++;

        assertThat(value.toBytes()).isEqualTo(reference("abc"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void a_value_has_32_bytes(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SHA256.ofHashed(new byte[length]))
                .withMessageContaining(String.valueOf(length));
    }

    @Test
    void toString_never_shows_the_value() {
        SHA256 value = SHA256.of(SecretText.of("abc"));

        assertThat(value).hasToString("SHA256[redacted]");
    }

    @Test
    void bytes_have_the_hash_of_the_text_they_are() {
        SHA256 hash = SHA256.of("abc".getBytes(StandardCharsets.UTF_8));
        Object same = hash;
        assertThat(hash.equals(same)).isTrue();
        assertThat(hash).isEqualTo(SHA256.of(SecretText.of("abc"))).isNotEqualTo(SHA256.of(new byte[0]));
    }

    @Test
    void its_quarters_are_what_it_was_made_of() {
        SHA256 hash = SHA256.ofWords(1, 2, 3, 4);
        assertThat(List.of(hash.word(0), hash.word(1), hash.word(2), hash.word(3)))
                .containsExactly(1L, 2L, 3L, 4L);
    }
}
