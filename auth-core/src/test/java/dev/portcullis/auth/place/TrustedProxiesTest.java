package dev.portcullis.auth.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AuthRequest;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 7: "read from the right, past trusted proxies only. A header from anyone else is ignored." */
class TrustedProxiesTest {

    private static final TrustedProxies PROXIES = TrustedProxies.of(List.of("10.0.0.0/8", "2001:db8:f::/48"));
    private static final String PROXY = "10.0.0.1";

    private static @Nullable String client(TrustedProxies proxies, AuthRequest request) {
        var address = proxies.clientOf(request);
        return address == null ? null : address.toString();
    }

    private static void client(AuthRequest request, @Nullable String expected) {
        assertThat(client(PROXIES, request)).isEqualTo(expected);
    }

    private static FromPeer proxied() {
        return FromPeer.at(PROXY);
    }

    // "The client's address is the socket's, unless the peer is a configured trusted proxy"

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "11.0.0.1", "2001:db8:e::1", "::1"})
    void headers_from_anyone_else_are_ignored(String peer) {
        FromPeer request = FromPeer.at(peer).forwardedFor("198.51.100.1").forwarded("for=198.51.100.1");
        client(request, peer);
        assertThat(PROXIES.sent(request)).isFalse();
        assertThat(client(TrustedProxies.none(), proxied().forwardedFor("198.51.100.1")))
                .isEqualTo(PROXY);
        assertThat(client(TrustedProxies.of(List.of()), proxied().forwardedFor("198.51.100.1")))
                .isEqualTo(PROXY);
    }

    @Test
    void a_proxy_that_says_nothing_is_the_client() {
        client(proxied(), PROXY);
        client(proxied().forwardedFor(""), PROXY);
        client(proxied().forwardedFor(" , ,"), PROXY);
        client(proxied().forwarded(""), PROXY);
        assertThat(PROXIES.sent(proxied())).isTrue();
    }

    @Test
    void a_peer_without_an_address_is_nobody() {
        client(FromPeer.at(null).forwardedFor("198.51.100.1"), null);
        client(FromPeer.at("").forwardedFor("198.51.100.1"), null);
        client(FromPeer.at("unix:").forwardedFor("198.51.100.1"), null);
        client(FromPeer.at("fe80::1%eth0"), null);
        assertThat(PROXIES.sent(FromPeer.at("fe80::1%eth0"))).isFalse();
    }

    @Test
    void a_mapped_address_is_its_IPv4_address() {
        client(FromPeer.at("::ffff:10.0.0.1").forwardedFor("::ffff:192.0.2.1"), "192.0.2.1");
        client(FromPeer.at("::ffff:192.0.2.1").forwardedFor("198.51.100.1"), "192.0.2.1");
    }

    // "read from the right, past trusted proxies only"

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            192.0.2.1                             | 192.0.2.1
            198.51.100.66, 192.0.2.1              | 192.0.2.1
            10.9.9.9, 192.0.2.1                   | 192.0.2.1
            198.51.100.66, 192.0.2.1, 10.0.0.2    | 192.0.2.1
            192.0.2.1 ,10.0.0.3,, 10.0.0.2        | 192.0.2.1
            10.0.0.4, 10.0.0.3                    | 10.0.0.4
            2001:db8::1                           | 2001:db8::1
            [2001:db8::1]                         | 2001:db8::1
            [2001:db8::1]:443                     | 2001:db8::1
            192.0.2.1:50123                       | 192.0.2.1
            192.0.2.1:60999                       | 192.0.2.1
            2001:db8::1, 2001:db8:f::9            | 2001:db8::1
            garbage, 192.0.2.1                    | 192.0.2.1
            unknown, 192.0.2.1, 10.0.0.2          | 192.0.2.1
            """)
    void the_first_station_from_the_right_that_is_no_proxy_is_the_client(String value, String expected) {
        client(proxied().forwardedFor(value), expected);
    }

    @Test
    void several_fields_are_one_list() {
        client(proxied().forwardedFor("198.51.100.66").forwardedFor("192.0.2.1"), "192.0.2.1");
        client(proxied().forwardedFor("198.51.100.66, 192.0.2.1").forwardedFor("10.0.0.2"), "192.0.2.1");
        client(proxied().forwarded("for=\"unended").forwarded("for=192.0.2.1"), "192.0.2.1");
        client(proxied().forwarded("for=192.0.2.1").forwarded("for=10.0.0.2"), "192.0.2.1");
    }

    /** What a trusted proxy says and nobody understands is no address, and not the proxy's own either. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_hidden",
                "localhost",
                "010.0.0.1",
                "192.0.2.1:",
                "192.0.2.1:port",
                "192.0.2.1:123456",
                "fe80::1%eth0",
                "[fe80::1%25eth0]",
                "[2001:db8::1",
                "2001:db8::1]",
                "[192.0.2.1",
                "[]",
                "[2001:db8::1]x",
                "[2001:db8::1]:",
                "[2001:db8::1]:x",
                "\"192.0.2.1\"",
                "192.0.2.1/32",
                "192.0.2",
                "192.0.2.1 192.0.2.2",
                "2001:db8::1:",
                "for=192.0.2.1",
                "\u0000",
                "192.0.2.1\u0000"
            })
    void a_station_that_is_no_address_is_nobody(String value) {
        client(proxied().forwardedFor(value), null);
        client(proxied().forwardedFor("192.0.2.1, " + value), null);
        client(proxied().forwardedFor("192.0.2.1, " + value + ", 10.0.0.2"), null);
    }

    // RFC 7239

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            for=192.0.2.1                                             | 192.0.2.1
            For="192.0.2.1"                                           | 192.0.2.1
            FOR="192.0.2.1:4711"                                      | 192.0.2.1
            for="[2001:db8:cafe::17]:4711"                            | 2001:db8:cafe::17
            for="[2001:db8:cafe::17]"                                 | 2001:db8:cafe::17
            for=192.0.2.60;proto=http;by=203.0.113.43                 | 192.0.2.60
            proto=http;by=203.0.113.43;for=192.0.2.60                 | 192.0.2.60
            for=192.0.2.60; proto=http                                | 192.0.2.60
            for=192.0.2.60;;                                          | 192.0.2.60
            for=198.51.100.66, for=192.0.2.1                          | 192.0.2.1
            for=192.0.2.1, for=10.0.0.2;host="a,b;for=198.51.100.66"  | 192.0.2.1
            for=unknown, for=192.0.2.1, for=10.0.0.2                  | 192.0.2.1
            for=192.0.2.1 , , for=10.0.0.2,                           | 192.0.2.1
            for="192.0.\\2.1"                                         | 192.0.2.1
            """)
    void forwarded_is_read_as_the_standard_says(String value, String expected) {
        client(proxied().forwarded(value), expected);
    }

    /** Among them the attempts to hide in a quotation what the proxy adds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "for",
                "for=",
                "for=unknown",
                "for=_hidden",
                "for=\"_hidden\"",
                "for=2001:db8::1",
                "for=\"2001:db8::1\"",
                "for=[2001:db8::1]",
                "for=192.0.2.1:80",
                "for=\"192.0.2.1",
                "for=\"192.0.2.1\\",
                "for=198.51.100.66, for=\"x, for=192.0.2.1",
                "for=198.51.100.66, for=\"x, for=\"[2001:db8::1]\"",
                "for=192.0.2.1;by=\"x",
                "for=192.0.2.1;by=\"",
                "for=192.0.2.1;by=\"x\\",
                "for=192.0.2.1;for=192.0.2.2",
                "proto=http",
                "for=192.0.2.1, proto=http",
                "for=192.0.2.1 x",
                "for = 192.0.2.1",
                "=192.0.2.1",
                "for=\"192.0.2.1\"x",
                "for=\"192.0.2.1\" for=192.0.2.2",
                "192.0.2.1",
                "for=192.0.2.1\u0000",
                "for=010.0.0.1"
            })
    void a_forwarded_that_cannot_be_understood_says_nothing(String value) {
        client(proxied().forwarded(value), null);
    }

    /** RFC 9110 section 5.6.2: every character of a token. */
    @Test
    void parameters_are_tokens_of_every_character_there_is() {
        client(proxied().forwarded("az!#$%&'*+-.^_`|~AZ09=09AZ~az;for=192.0.2.1"), "192.0.2.1");
        for (String no : List.of("/", ":", "@", "[", "{", "(", "\u00e9")) {
            client(proxied().forwarded("x" + no + "=y;for=192.0.2.1"), null);
            client(proxied().forwarded("x=y" + no + ";for=192.0.2.1"), null);
        }
    }

    @Test
    void a_field_may_have_8192_characters() {
        client(proxied().forwardedFor(",".repeat(8192 - 9) + "192.0.2.1"), "192.0.2.1");
        client(proxied().forwardedFor(",".repeat(8193 - 9) + "192.0.2.1"), null);
    }

    // Two headers, of which the proxy may have written only one

    @Test
    void where_both_headers_are_sent_they_must_agree() {
        client(proxied().forwarded("for=192.0.2.1").forwardedFor("192.0.2.1"), "192.0.2.1");
        client(proxied().forwarded("for=192.0.2.1").forwardedFor("198.51.100.66, 192.0.2.1"), "192.0.2.1");
        client(proxied().forwarded("for=192.0.2.1").forwardedFor("198.51.100.66"), null);
        client(proxied().forwarded("for=x").forwardedFor("192.0.2.1"), null);
        client(proxied().forwarded("for=192.0.2.1").forwardedFor("x"), null);
        client(proxied().forwarded("for=x").forwardedFor("x"), null);
    }

    @Test
    void one_header_can_be_the_only_one_that_counts() {
        FromPeer both = proxied().forwarded("for=192.0.2.1").forwardedFor("198.51.100.66");
        assertThat(client(PROXIES.onlyForwarded(), both)).isEqualTo("192.0.2.1");
        assertThat(client(PROXIES.onlyXForwardedFor(), both)).isEqualTo("198.51.100.66");
        assertThat(client(PROXIES.onlyForwarded(), proxied().forwardedFor("198.51.100.66")))
                .isEqualTo(PROXY);
        assertThat(client(PROXIES.onlyXForwardedFor(), proxied().forwarded("for=192.0.2.1")))
                .isEqualTo(PROXY);
    }

    // Hostile input

    @Test
    void long_lists_are_read_no_further_than_needed_and_long_ways_are_none() {
        client(proxied().forwardedFor("198.51.100.66, ".repeat(500) + "192.0.2.1"), "192.0.2.1");
        client(proxied().forwardedFor("192.0.2.1" + ", 10.0.0.2".repeat(31)), "192.0.2.1");
        client(proxied().forwardedFor("192.0.2.1" + ", 10.0.0.2".repeat(32)), null);
        client(proxied().forwardedFor("1".repeat(9000)), null);
        client(proxied().forwarded("for=\"" + "\\".repeat(9000)), null);
        client(proxied().forwarded("for=" + "1".repeat(8000)), null);
    }

    /** Whatever a client sends: it is refused to be understood, or is the address that the proxy has added. */
    @Test
    void nothing_that_a_client_sends_makes_it_another() {
        SplittableRandom random = new SplittableRandom(20261122);
        String[] pieces = {
            "for=", "\"", "\\", ",", ";", "198.51.100.66", "[", "]", ":", "10.0.0.9", " ", "=", "by=", "::1", "%", "x"
        };
        for (int round = 0; round < 20_000; round++) {
            StringBuilder sent = new StringBuilder();
            for (int i = random.nextInt(8); i > 0; i--) {
                sent.append(pieces[random.nextInt(pieces.length)]);
            }
            String added = random.nextBoolean() ? "for=192.0.2.1" : "for=\"192.0.2.1\";proto=https";
            assertThat(client(PROXIES, proxied().forwarded(sent + ", " + added)))
                    .as("Forwarded: %s", sent)
                    .isIn("192.0.2.1", null);
            assertThat(client(PROXIES, proxied().forwardedFor(sent + ", 192.0.2.1")))
                    .as("X-Forwarded-For: %s", sent)
                    .isEqualTo("192.0.2.1");
        }
    }

    @Test
    void proxies_are_addresses_and_blocks() {
        assertThatThrownBy(() -> TrustedProxies.of(List.of("proxy.internal")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(PROXIES).hasToString("TrustedProxies[10.0.0.0/8, 2001:db8:f::/48]");
        assertThat(TrustedProxies.none()).hasToString("TrustedProxies[]");
    }
}
