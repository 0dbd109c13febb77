package dev.portcullis.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people are told about a key set is what {@link PublishedKeys} makes of it. */
class KeySetReportTest {

    private static KeySetReport of(String document) {
        return KeySetReport.of(document.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void every_key_is_told_with_its_problem() {
        Map<String, String> enc = KeyFixture.members("enc", KeyFixture.pair("a"));
        enc.put("use", "\"enc\"");
        KeySetReport report = of(KeyFixture.set(
                KeyFixture.jwk("good"),
                KeyFixture.jwk("weak", KeyFixture.pair("weak", 1024)),
                KeyFixture.json(enc),
                "{\"kty\":\"EC\",\"kid\":\"ec\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}",
                "7"));
        assertThat(report.isUsable()).isTrue();
        assertThat(report.problem()).isNull();
        assertThat(report.keys())
                .extracting(KeySetReport.Key::kid, KeySetReport.Key::bits, KeySetReport.Key::problem)
                .containsExactly(
                        tuple("good", 2048, null),
                        tuple("weak", 1024, "its modulus has fewer than 2048 bits"),
                        tuple("enc", 2048, "its use is not sig"),
                        tuple("ec", 0, "its kty is not RSA"),
                        tuple(null, 0, "it is not a JSON object with distinct members"));
        assertThat(report).hasToString("KeySetReport[5 keys, 1 usable]");
    }

    @Test
    void twins_and_the_nameless_among_others_are_passed_over() {
        KeySetReport report = of(KeyFixture.set(
                KeyFixture.jwk("twin", KeyFixture.pair("a")),
                KeyFixture.jwk("twin", KeyFixture.pair("b")),
                KeyFixture.jwk("c"),
                KeyFixture.jwk(null, KeyFixture.pair("d"))));
        assertThat(report.keys())
                .extracting(KeySetReport.Key::problem)
                .containsExactly(
                        "more than one key has this kid",
                        "more than one key has this kid",
                        null,
                        "it can only be used where it is the one usable key");
    }

    @Test
    void numbers_that_are_not_in_their_one_spelling_are_told_as_such() {
        Map<String, String> padded = KeyFixture.members("padded", KeyFixture.pair("a"));
        padded.computeIfPresent("n", (name, json) -> json.replaceAll("\"$", "==\""));
        Map<String, String> empty = KeyFixture.members("empty", KeyFixture.pair("a"));
        empty.put("n", "\"\"");
        assertThat(of(KeyFixture.set(KeyFixture.json(padded), KeyFixture.json(empty)))
                        .keys())
                .extracting(KeySetReport.Key::problem)
                .containsExactly("its n is not base64url", "its n is not base64url");
    }

    /** Tokens without a kid are checked with it: what is told is what is done. */
    @Test
    void a_nameless_key_whose_only_company_is_passed_over_is_used() {
        KeySetReport report = of(KeyFixture.set(
                KeyFixture.jwk("twin", KeyFixture.pair("a")),
                KeyFixture.jwk("twin", KeyFixture.pair("b")),
                KeyFixture.jwk(null, KeyFixture.pair("d"))));
        assertThat(report.keys()).extracting(KeySetReport.Key::isUsable).containsExactly(false, false, true);
        assertThat(report.usable().find(null)).isNotNull();
    }

    @Test
    void a_document_that_is_no_key_set_is_told_as_a_whole() {
        assertThat(of("[]").problem()).isEqualTo("is not a JSON object");
        assertThat(of("{\"keys\":[]}").problem()).isEqualTo("has no usable key");
        assertThat(of(" ".repeat(256 * 1024 + 1)).problem()).isEqualTo("has more than 262144 bytes");
        assertThat(of("[]").isFetched()).isTrue();
        assertThat(of("[]").freshness()).isNull();
    }

    @Test
    void what_is_published_is_fetched_once_with_the_settings_of_the_source() throws Exception {
        try (ScriptedIssuer issuer = new ScriptedIssuer()) {
            issuer.publishes(KeyFixture.jwk("a"));
            KeySetReport report = PublishedKeys.at(issuer.uri()).report();
            assertThat(report.isUsable()).isTrue();
            assertThat(report.freshness()).isEqualTo(Duration.ofMinutes(5));
            assertThat(PublishedKeys.at(issuer.uri()).maximumBytes(10).report().problem())
                    .isEqualTo("has more than 10 bytes");
            assertThat(issuer.fetches()).isEqualTo(2);
        }
    }

    @Test
    void what_cannot_be_fetched_is_told_apart_from_what_is_no_key_set() throws Exception {
        URI gone;
        try (ScriptedIssuer issuer = new ScriptedIssuer()) {
            gone = issuer.uri();
            issuer.answers(ScriptedIssuer.status(404, ""));
            assertThat(PublishedKeys.at(gone).report().problem()).isEqualTo("was answered with status 404");
        }
        KeySetReport report = PublishedKeys.at(gone).report();
        assertThat(report.isFetched()).isFalse();
        assertThat(report.problem()).isEqualTo("could not be fetched: there is no connection to its host");
    }

    @Test
    void only_https_or_the_loopback_interface_is_asked() {
        assertThatThrownBy(() -> PublishedKeys.at(URI.create("http://issuer.example/jwks"))
                        .report())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must begin with https://");
    }
}
