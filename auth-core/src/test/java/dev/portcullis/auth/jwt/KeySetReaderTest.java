package dev.portcullis.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetReaderTest {

    private static final int BYTES = 256 * 1024;

    private final LogFixture log = new LogFixture();
    private final KeySetReader reader = new KeySetReader(BYTES, 100, null);

    @AfterEach
    void end() {
        log.close();
    }

    private KeySet read(String document) throws FetchFailedException {
        return read(document, null);
    }

    private KeySet read(String document, @Nullable KeySet previous) throws FetchFailedException {
        return reader.read(document.getBytes(StandardCharsets.UTF_8), previous);
    }

    private static String changed(Consumer<Map<String, String>> change) {
        Map<String, String> members = KeyFixture.members("bad", KeyFixture.pair("bad"));
        change.accept(members);
        return KeyFixture.json(members);
    }

    private static Consumer<Map<String, String>> set(String member, String json) {
        return members -> members.put(member, json);
    }

    private static String weak(int bits) {
        return KeyFixture.jwk("bad", KeyFixture.pair("weak", bits));
    }

    private static String withModulus(BigInteger modulus) {
        return changed(set("n", "\"" + KeyFixture.base64url(modulus) + "\""));
    }

    private static String withExponent(BigInteger exponent) {
        return changed(set("e", "\"" + KeyFixture.base64url(exponent) + "\""));
    }

    static Stream<Arguments> unusableKeys() {
        BigInteger modulus = KeyFixture.publicKey(KeyFixture.pair("bad")).getModulus();
        String n = KeyFixture.base64url(modulus);
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("a number", "1");
        keys.put("null", "null");
        keys.put("a string", "\"bad\"");
        keys.put("an array", "[[{\"kty\":\"RSA\"}]]");
        keys.put("an empty object", "{}");
        keys.put("no kty", changed(members -> members.remove("kty")));
        keys.put("kty in another case", changed(set("kty", "\"rsa\"")));
        keys.put("kty a list", changed(set("kty", "[\"RSA\"]")));
        keys.put("an elliptic curve", "{\"kty\":\"EC\",\"kid\":\"bad\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}");
        keys.put("an Edwards curve", "{\"kty\":\"OKP\",\"kid\":\"bad\",\"crv\":\"Ed25519\",\"x\":\"AQ\"}");
        keys.put("a symmetric key", "{\"kty\":\"oct\",\"kid\":\"bad\",\"k\":\"c2VjcmV0\"}");
        keys.put("use enc", changed(set("use", "\"enc\"")));
        keys.put("use in another case", changed(set("use", "\"SIG\"")));
        keys.put("use null", changed(set("use", "null")));
        keys.put("use a list", changed(set("use", "[\"sig\"]")));
        keys.put("key_ops without verify", changed(set("key_ops", "[\"encrypt\",\"wrapKey\"]")));
        keys.put("key_ops for signing", changed(set("key_ops", "[\"sign\"]")));
        keys.put("key_ops empty", changed(set("key_ops", "[]")));
        keys.put("key_ops a string", changed(set("key_ops", "\"verify\"")));
        keys.put("key_ops nested", changed(set("key_ops", "[[\"verify\"]]")));
        keys.put("alg RS384", changed(set("alg", "\"RS384\"")));
        keys.put("alg PS256", changed(set("alg", "\"PS256\"")));
        keys.put("alg RSA-OAEP", changed(set("alg", "\"RSA-OAEP\"")));
        keys.put("alg none", changed(set("alg", "\"none\"")));
        keys.put("alg in another case", changed(set("alg", "\"rs256\"")));
        keys.put("alg null", changed(set("alg", "null")));
        for (String secret : List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k")) {
            keys.put("private member " + secret, changed(set(secret, "\"AQ\"")));
        }
        keys.put("private member null", changed(set("d", "null")));
        keys.put("kid a number", changed(set("kid", "1")));
        keys.put("kid null", changed(set("kid", "null")));
        keys.put("kid a list", changed(set("kid", "[\"bad\"]")));
        keys.put("kid twice", changed(set("kid", "\"bad\",\"kid\":\"bad\"")));
        keys.put("n twice, the second good", changed(set("n", "\"AQAB\",\"n\":\"" + n + "\"")));
        keys.put("use twice", changed(set("use", "\"enc\",\"use\":\"sig\"")));
        keys.put("512 bits", weak(512));
        keys.put("1024 bits", weak(1024));
        keys.put("2047 bits", weak(2047));
        keys.put("8193 bits", withModulus(BigInteger.ONE.shiftLeft(8192).add(BigInteger.ONE)));
        keys.put("65536 bits", withModulus(BigInteger.ONE.shiftLeft(65535).add(BigInteger.ONE)));
        keys.put("an even modulus", withModulus(modulus.subtract(BigInteger.ONE)));
        keys.put("a modulus of zero", withModulus(BigInteger.ZERO));
        keys.put("no n", changed(members -> members.remove("n")));
        keys.put("n empty", changed(set("n", "\"\"")));
        keys.put("n a number", changed(set("n", modulus.toString())));
        keys.put("n padded", changed(set("n", "\"" + n + "==\"")));
        keys.put("n in base64's other alphabet", changed(set("n", "\"" + n.substring(0, 340) + "+/\"")));
        keys.put("n with letters beyond ASCII", changed(set("n", "\"" + n.substring(0, 340) + "\u00e9\u0410\"")));
        keys.put("n with white space", changed(set("n", "\"" + n + " \"")));
        keys.put("n with a line feed", changed(set("n", "\"" + n.substring(0, 76) + "\\n" + n.substring(76) + "\"")));
        keys.put("n with other bits at its end", changed(set("n", "\"" + otherSpelling(n) + "\"")));
        keys.put("n one character too long", changed(set("n", "\"" + n + "AAA\"")));
        keys.put("no e", changed(members -> members.remove("e")));
        keys.put("e a number", changed(set("e", "65537")));
        keys.put("e padded", changed(set("e", "\"Aw==\"")));
        keys.put("an exponent of 0", withExponent(BigInteger.ZERO));
        keys.put("an exponent of 1", withExponent(BigInteger.ONE));
        keys.put("an exponent of 2", withExponent(BigInteger.TWO));
        keys.put("an even exponent", withExponent(BigInteger.valueOf(65536)));
        keys.put(
                "an exponent of 33 bits",
                withExponent(BigInteger.ONE.shiftLeft(32).add(BigInteger.ONE)));
        keys.put("an exponent as long as the modulus", withExponent(modulus.subtract(BigInteger.TWO)));
        return keys.entrySet().stream().map(key -> Arguments.of(key.getKey(), key.getValue()));
    }

    /** 342 characters hold 2052 bits: the last four must be zero. */
    private static String otherSpelling(String n) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(n.charAt(n.length() - 1));
        return n.substring(0, n.length() - 1) + alphabet.charAt(last + 1);
    }

    /** Contract: "One unusable key in the published set never spoils the others." */
    @ParameterizedTest(name = "{0}")
    @MethodSource("unusableKeys")
    void an_unusable_key_is_passed_over_by_itself(String what, String unusable) throws Exception {
        KeySet keys = read(KeyFixture.set(KeyFixture.jwk("a"), unusable, KeyFixture.jwk("b")));
        assertThat(keys.find("bad")).isNull();
        assertThat(keys.size()).isEqualTo(2);
        assertThat(KeyFixture.verifies(keys.find("a"), "a")).isTrue();
        assertThat(KeyFixture.verifies(keys.find("b"), "b")).isTrue();
        assertThat(log.warnings()).as(what).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusableKeys")
    void an_unusable_key_alone_is_no_key_set(String what, String unusable) {
        assertThatThrownBy(() -> read(KeyFixture.set(unusable)))
                .as(what)
                .isInstanceOf(FetchFailedException.class)
                .hasMessage("has no usable key");
    }

    /** The rules are this library's own: what a provider would refuse as well never gets that far. */
    @Test
    void bad_numbers_are_named_before_a_provider_sees_them() throws Exception {
        read(KeyFixture.set(
                KeyFixture.jwk("a"),
                withKid("one", withExponent(BigInteger.ONE)),
                withKid("long", withExponent(BigInteger.ONE.shiftLeft(32).add(BigInteger.ONE))),
                withKid("weak", weak(2047))));
        assertThat(log.warnings())
                .containsExactly(
                        "A published signing key is passed over: 'one': its exponent is not an odd number from 3 on",
                        "A published signing key is passed over: 'long': its exponent has more than 32 bits",
                        "A published signing key is passed over: 'weak': its modulus has fewer than 2048 bits");
    }

    @Test
    void use_alg_and_key_ops_can_be_absent() throws Exception {
        Map<String, String> members = KeyFixture.members("a", KeyFixture.pair("a"));
        members.keySet().retainAll(List.of("kty", "kid", "n", "e"));
        assertThat(KeyFixture.verifies(
                        read(KeyFixture.set(KeyFixture.json(members))).find("a"), "a"))
                .isTrue();
    }

    @Test
    void members_that_say_nothing_about_fitness_are_let_be() throws Exception {
        Map<String, String> members = KeyFixture.members("a", KeyFixture.pair("a"));
        members.put("key_ops", "[\"verify\"]");
        members.put("x5c", "[\"MIIB\",\"MIIC\"]");
        members.put("x5u", "\"https://elsewhere.example/\"");
        members.put("exp", "1");
        members.put("nested", "{\"d\":{\"kid\":[1,2,{}]}}");
        assertThat(KeyFixture.verifies(
                        read(KeyFixture.set(KeyFixture.json(members))).find("a"), "a"))
                .isTrue();
    }

    @Test
    void the_bounds_of_modulus_and_exponent_are_usable() throws Exception {
        KeySet keys = read(KeyFixture.set(
                withKid("least", withExponent(BigInteger.valueOf(3))),
                withKid("most", withExponent(BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE))),
                withKid("large", withModulus(BigInteger.ONE.shiftLeft(8191).add(BigInteger.ONE)))));
        assertThat(keys.size()).isEqualTo(3);
    }

    private static String withKid(String kid, String jwk) {
        return jwk.replace("\"bad\"", "\"" + kid + "\"");
    }

    /** RFC 7518 section 6.3.1.1 knows that some issuers put a zero octet in front. */
    @Test
    void a_zero_octet_in_front_of_the_modulus_is_let_be() throws Exception {
        byte[] withSign =
                KeyFixture.publicKey(KeyFixture.pair("bad")).getModulus().toByteArray();
        assertThat(withSign).hasSize(257);
        String jwk = changed(set("n", "\"" + KeyFixture.base64url(withSign) + "\""));
        assertThat(KeyFixture.verifies(read(KeyFixture.set(jwk)).find("bad"), "bad"))
                .isTrue();
    }

    /** Two keys with one kid: neither is guessed. */
    @Test
    void two_keys_with_one_kid_are_both_passed_over() throws Exception {
        KeySet keys = read(KeyFixture.set(
                KeyFixture.jwk("twin", KeyFixture.pair("a")),
                KeyFixture.jwk("c"),
                KeyFixture.jwk("twin", KeyFixture.pair("b"))));
        assertThat(keys.find("twin")).isNull();
        assertThat(keys.size()).isEqualTo(1);
        assertThat(log.warnings())
                .containsExactly("A published signing key is passed over: 'twin': more than one key has this kid");
    }

    @Test
    void the_same_key_twice_is_passed_over_too() {
        assertThatThrownBy(() -> read(KeyFixture.set(KeyFixture.jwk("a"), KeyFixture.jwk("a"))))
                .hasMessage("has no usable key");
    }

    /** Only one of them can be meant, so there is nothing to guess. */
    @Test
    void an_unusable_key_with_the_same_kid_does_not_spoil_the_usable_one() throws Exception {
        KeySet keys = read(KeyFixture.set(
                "{\"kty\":\"EC\",\"kid\":\"a\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}",
                KeyFixture.jwk("a"),
                KeyFixture.jwk("a", KeyFixture.pair("weak", 1024))));
        assertThat(KeyFixture.verifies(keys.find("a"), "a")).isTrue();
    }

    @Test
    void a_key_loses_its_instance_when_a_twin_appears() throws Exception {
        KeySet before = read(KeyFixture.set(KeyFixture.jwk("a"), KeyFixture.jwk("b")));
        KeySet after = read(
                KeyFixture.set(KeyFixture.jwk("a"), KeyFixture.jwk("a", KeyFixture.pair("c")), KeyFixture.jwk("b")),
                before);
        assertThat(after.find("a")).isNull();
        assertThat(after.find("b")).isSameAs(before.find("b"));
    }

    /** Contract: "A token without kid is checked against the one usable key if the set has exactly one". */
    @Test
    void a_token_without_kid_finds_the_one_usable_key() throws Exception {
        KeySet named = read(KeyFixture.set(KeyFixture.jwk("a"), KeyFixture.jwk("bad", KeyFixture.pair("weak", 1024))));
        assertThat(named.find(null)).isNotNull().isSameAs(named.find("a"));
        KeySet nameless = read(KeyFixture.set(KeyFixture.jwk(null, KeyFixture.pair("a"))));
        assertThat(KeyFixture.verifies(nameless.find(null), "a")).isTrue();
        assertThat(nameless.find("a")).isNull();
        assertThat(nameless.find("")).isNull();
    }

    @Test
    void a_token_without_kid_finds_nothing_among_several() throws Exception {
        assertThat(read(KeyFixture.set(KeyFixture.jwk("a"), KeyFixture.jwk("b")))
                        .find(null))
                .isNull();
        KeySet mixed = read(KeyFixture.set(KeyFixture.jwk("a"), KeyFixture.jwk(null, KeyFixture.pair("b"))));
        assertThat(mixed.find(null)).isNull();
        assertThat(KeyFixture.verifies(mixed.find("a"), "a")).isTrue();
        assertThatThrownBy(() -> read(KeyFixture.set(
                        KeyFixture.jwk(null, KeyFixture.pair("a")), KeyFixture.jwk(null, KeyFixture.pair("b")))))
                .hasMessage("has no usable key");
    }

    @Test
    void a_kid_is_compared_exactly() throws Exception {
        KeySet keys = read(KeyFixture.set(
                KeyFixture.jwk("Key-1", KeyFixture.pair("a")), KeyFixture.jwk("", KeyFixture.pair("b"))));
        assertThat(keys.find("Key-1")).isNotNull();
        assertThat(keys.find("key-1")).isNull();
        assertThat(keys.find("Key-1 ")).isNull();
        assertThat(KeyFixture.verifies(keys.find(""), "b")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"keys\"",
                "{}",
                "{\"Keys\":[]}",
                "{\"keys\":null}",
                "{\"keys\":{}}",
                "{\"keys\":\"\"}",
                "{\"keys\":[]}",
                "{\"keys\":[]",
                "{\"keys\":[}",
                "{\"keys\":[],}",
                "{'keys':[]}",
                "{\"keys\":[]}{}",
                "{\"keys\":[]} x",
                "{\"keys\":[],\"keys\":[]}",
                "<!DOCTYPE html><html><body>Sign in</body></html>",
                "\u0000",
                "{\"keys\":[{\"kty\":\"RSA\"",
                "{\"keys\":[{\"kty\":\"RSA\"}]}/* comment */",
            })
    void what_is_no_key_set_is_refused_as_a_whole(String document) {
        assertThatThrownBy(() -> read(document)).isInstanceOf(FetchFailedException.class);
    }

    @Test
    void a_good_key_does_not_save_a_document_that_is_wrong_as_a_whole() {
        String key = KeyFixture.jwk("a");
        assertThatThrownBy(() -> read(KeyFixture.set(key) + "x")).isInstanceOf(FetchFailedException.class);
        assertThatThrownBy(() -> read("{\"keys\":[" + key + "],\"keys\":[" + KeyFixture.jwk("b") + "]}"))
                .hasMessage("has two members named keys");
        assertThatThrownBy(() -> read("[" + KeyFixture.set(key) + "]")).hasMessage("is not a JSON object");
    }

    @Test
    void other_members_of_the_set_are_let_be() throws Exception {
        String document = "{\"a\":[{\"keys\":[]}],\"keys\":[" + KeyFixture.jwk("a") + "],\"z\":{\"keys\":1}}";
        assertThat(read(document).find("a")).isNotNull();
    }

    @Test
    void the_number_of_keys_is_bounded_usable_or_not() throws Exception {
        String hundred = IntStream.range(1, 100).mapToObj(i -> "{}").collect(Collectors.joining(","));
        assertThat(read(KeyFixture.set(hundred, KeyFixture.jwk("a"))).size()).isEqualTo(1);
        assertThatThrownBy(() -> read(KeyFixture.set(hundred, "{}", KeyFixture.jwk("a"))))
                .hasMessage("has more than 100 keys");
    }

    @Test
    void depth_is_bounded_and_costs_no_stack() {
        String deep = "{\"keys\":[{\"x\":" + "[".repeat(60_000) + "]".repeat(60_000) + "}]}";
        assertThatThrownBy(() -> read(deep)).isInstanceOf(FetchFailedException.class);
    }

    /** On a refresh, cached tokens and pooled engines live on with the keys that are still published. */
    @Test
    void an_unchanged_key_keeps_its_instance_and_a_changed_one_does_not() throws Exception {
        KeySet before = read(KeyFixture.set(KeyFixture.jwk("a"), KeyFixture.jwk("b"), KeyFixture.jwk("c")));
        KeySet after = read(
                KeyFixture.set(
                        KeyFixture.jwk("b", KeyFixture.pair("d")),
                        KeyFixture.json(new LinkedHashMap<>(KeyFixture.members("a", KeyFixture.pair("a"))))),
                before);
        SigningKey a = before.find("a");
        SigningKey b = before.find("b");
        SigningKey c = before.find("c");
        assertThat(after.find("a")).isNotNull().isSameAs(a);
        assertThat(after.find("b")).isNotNull().isNotSameAs(b);
        assertThat(after.find("c")).isNull();
        assertThat(a != null && after.contains(a)).isTrue();
        assertThat(b == null || after.contains(b)).isFalse();
        assertThat(c == null || after.contains(c)).isFalse();
    }

    @Test
    void an_unchanged_set_is_the_previous_one_itself() throws Exception {
        KeySet before = read(KeyFixture.set(KeyFixture.jwk("a"), KeyFixture.jwk("b")));
        assertThat(read(KeyFixture.set(KeyFixture.jwk("b"), "{}", KeyFixture.jwk("a")), before))
                .isSameAs(before);
        KeySet nameless = read(KeyFixture.set(KeyFixture.jwk(null, KeyFixture.pair("a"))));
        assertThat(read(KeyFixture.set(KeyFixture.jwk(null, KeyFixture.pair("a"))), nameless))
                .isSameAs(nameless);
        assertThat(read(KeyFixture.set(KeyFixture.jwk(null, KeyFixture.pair("b"))), nameless))
                .isNotSameAs(nameless);
    }

    @Test
    void each_distinct_problem_is_told_once() throws Exception {
        String enc = changed(set("use", "\"enc\""));
        String alg = changed(set("alg", "\"RS512\""));
        read(KeyFixture.set(KeyFixture.jwk("a"), enc));
        read(KeyFixture.set(KeyFixture.jwk("a"), enc));
        assertThat(log.warnings()).containsExactly("A published signing key is passed over: 'bad': its use is not sig");
        read(KeyFixture.set(KeyFixture.jwk("a"), enc, alg));
        assertThat(log.warnings()).hasSize(2);
    }

    @Test
    void a_key_without_a_name_is_told_by_its_place_and_alone_is_no_problem() throws Exception {
        read(KeyFixture.set(KeyFixture.jwk(null, KeyFixture.pair("a"))));
        assertThat(log.warnings()).isEmpty();
        read(KeyFixture.set(KeyFixture.jwk("a"), "7"));
        assertThat(log.warnings())
                .containsExactly("A published signing key is passed over: number 2: it is not a JSON object with"
                        + " distinct members");
    }

    @Test
    void the_log_shows_a_kid_on_one_line_and_no_material() throws Exception {
        String hostile = "x\\n2026-01-01 WARN forged\\u001b[31m\\u2028" + "y".repeat(500);
        read(KeyFixture.set(KeyFixture.jwk("a"), changed(set("kid", "\"" + hostile + "\",\"d\":\"c2VjcmV0\""))));
        assertThat(log.warnings()).hasSize(1);
        String line = log.warnings().get(0);
        assertThat(line).doesNotContain("\n", "\u001b", "\u2028", "c2VjcmV0").hasSizeLessThan(300);
        assertThat(line)
                .doesNotContain(KeyFixture.base64url(
                        KeyFixture.publicKey(KeyFixture.pair("bad")).getModulus()));
    }

    @Test
    void a_parse_failure_does_not_quote_the_document() {
        assertThatThrownBy(() -> read("{\"keys\":[{\"d\":c2VjcmV0}]}"))
                .isInstanceOf(FetchFailedException.class)
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void a_document_with_random_damage_is_read_or_refused_and_nothing_else() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        byte[] good = KeyFixture.set(KeyFixture.jwk("a"), KeyFixture.jwk("b")).getBytes(StandardCharsets.UTF_8);
        List<byte[]> damaged = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            byte[] document = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int changes = random.nextInt(4); changes > 0 && document.length > 0; changes--) {
                document[random.nextInt(document.length)] = (byte) random.nextInt(256);
            }
            damaged.add(document);
        }
        for (byte[] document : damaged) {
            try {
                assertThat(reader.read(document, null).size())
                        .as("seed %d", seed)
                        .isPositive();
            } catch (FetchFailedException e) {
                assertThat(e.problem()).as("seed %d", seed).isNotEmpty();
            }
        }
    }
}
