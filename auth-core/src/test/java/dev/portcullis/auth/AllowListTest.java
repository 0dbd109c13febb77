package dev.portcullis.auth;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 7: "single addresses and CIDR blocks, IPv4 and IPv6", and nothing that could be read in two ways. */
class AllowListTest {

    private static IPAddress address(String literal) {
        return requireNonNull(IPAddress.parse(literal), literal);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:0db8::0001, 2001:db8::1",
        "::, ::",
        "::1, ::1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:c000:201, 192.0.2.1",
        "0:0:0:0:0:ffff:c000:0201, 192.0.2.1",
        "64:ff9b::192.0.2.1, 64:ff9b::c000:201",
        "ABCD:EF01:2345:6789:abcd:ef01:AF:9, abcd:ef01:2345:6789:abcd:ef01:af:9",
        "::192.0.2.1, ::c000:201"
    })
    void an_address_has_one_canonical_spelling(String literal, String canonical) {
        assertThat(address(literal)).hasToString(canonical);
        assertThat(AllowList.of(List.of(literal)).entries()).containsExactly(canonical);
        assertThat(address(canonical)).isEqualTo(address(literal)).hasSameHashCodeAs(address(literal));
        assertThat(IPAddress.parse(address(literal).toInetAddress().getHostAddress()))
                .isEqualTo(address(literal));
    }

    @Test
    void addresses_and_lists_that_differ_anywhere_are_others() {
        assertThat(address("192.0.2.1")).isNotEqualTo(address("192.0.2.2")).isNotEqualTo(address("::c000:201"));
        assertThat(address("1::2")).isNotEqualTo(address("2::2")).isNotEqualTo(address("1::3"));
        assertThat(AllowList.isEntry("2001:db8:0:0:8000::/32")).isFalse();
        assertThat(AllowList.isEntry("2001:db8:0:0:8000::/65")).isTrue();
        assertThat(AllowList.of(List.of("192.0.2.0/24")))
                .isNotEqualTo(AllowList.of(List.of("192.0.2.0/25")))
                .isNotEqualTo(AllowList.of(List.of("192.0.3.0/24")));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0/24",
        "0.0.0.0/0, 0.0.0.0/0",
        "192.0.2.1/32, 192.0.2.1",
        "192.0.2.128/25, 192.0.2.128/25",
        "2001:db8::/32, 2001:db8::/32",
        "2001:DB8::/127, 2001:db8::/127",
        "2001:db8::1/128, 2001:db8::1",
        "::/0, ::/0",
        "::ffff:192.0.2.0/120, 192.0.2.0/24",
        "::ffff:0:0/96, 0.0.0.0/0"
    })
    void a_block_has_one_canonical_spelling(String block, String canonical) {
        assertThat(AllowList.of(List.of(block)).entries()).containsExactly(canonical);
        assertThat(AllowList.of(List.of(canonical))).isEqualTo(AllowList.of(List.of(block)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.com",
                "010.0.0.1",
                "10.0.0.01",
                "10.0.0.00",
                "0x0a.0.0.1",
                "0xa000001",
                "10.1",
                "10.0.1",
                "10",
                "167772161",
                "10.0.0.256",
                "10.0.0.1.",
                ".10.0.0.1",
                "10.0.0.1.1",
                "10..0.1",
                "10.0.0.-1",
                "10.0.0.1-5",
                "10.0.0.*",
                "*",
                "10.0.0._",
                " 10.0.0.1",
                "10.0.0.1 ",
                "10.0.0.1\n",
                "10.0.0.1:80",
                "[::1]",
                "[::1]:80",
                "::1%lo",
                "fe80::1%eth0",
                "fe80::1%",
                "fe80::1%1",
                ":::",
                "1:2:3",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "00001::",
                ":1::",
                "1::2:",
                "g::",
                "::ffff:010.0.0.1",
                "::ffff:10.1",
                "::ffff:1.2.3.256",
                "1.2.3.4::",
                "0b1.0.0.1",
                "0b1010::",
                "/24",
                "::/",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/ 8",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "::/129",
                "::/0128",
                "10.0.0.1/24",
                "2001:db8::1/32",
                "::ffff:10.0.0.1/97",
                "\u0661\u0660.0.0.1",
                "10\u30020\u30020\u30021",
                "\uff11\uff10.0.0.1",
                "10.0.0.1\u0000",
                "10,0,0,1"
            })
    void what_could_be_read_in_two_ways_is_no_entry(String text) {
        assertThat(AllowList.isEntry(text)).isFalse();
        assertThat(IPAddress.parse(text)).isNull();
        assertThatThrownBy(() -> AllowList.of(List.of("192.0.2.1", text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("10.0.0");
    }

    @Test
    void a_block_is_no_address() {
        assertThat(IPAddress.parse("192.0.2.0/24")).isNull();
        assertThat(IPAddress.parse("192.0.2.1/32")).isNull();
    }

    @Test
    void no_text_is_too_long_to_be_refused() {
        for (String piece : List.of("1", "1:", "1.", "::", "/", "0")) {
            assertThat(AllowList.isEntry(piece.repeat(100_000))).isFalse();
        }
        String longest = "0000:0000:0000:0000:0000:ffff:255.255.255.255";
        assertThat(AllowList.of(List.of(longest + "/128")).entries()).containsExactly("255.255.255.255");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0, true",
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.0/24, 192.0.1.255, false",
        "192.0.2.0/24, ::ffff:192.0.2.7, true",
        "::ffff:192.0.2.0/120, 192.0.2.7, true",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1, ::c000:201, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 192.0.2.1, false",
        "::/0, ::ffff:192.0.2.1, false",
        "::/80, ::ffff:192.0.2.1, false",
        "::/80, ::1, true",
        "2001:db8::/63, 2001:db8:0:1::1, true",
        "2001:db8::/63, 2001:db8:0:2::1, false",
        "2001:db8::/64, 2001:db8::ffff:0:0:0, true",
        "2001:db8::/65, 2001:db8::8000:0:0:0, false",
        "2001:db8::1, 2001:db8::1, true",
        "2001:db8::1, 2001:db8::2, false"
    })
    void an_address_is_within_a_block_of_its_own_family(String block, String literal, boolean within) {
        assertThat(AllowList.of(List.of(block)).allows(address(literal))).isEqualTo(within);
    }

    /** Every block contains just the addresses that share its prefix. */
    @Test
    void blocks_of_every_length_end_where_they_must() {
        SplittableRandom random = new SplittableRandom(7);
        for (int prefix = 1; prefix <= 32; prefix++) {
            long size = 1L << (32 - prefix);
            long first = random.nextLong(1L << 32) / size * size;
            AllowList list = AllowList.of(List.of(dotted(first) + "/" + prefix));
            assertThat(list.allows(address(dotted(first)))).isTrue();
            assertThat(list.allows(address(dotted(first + size - 1)))).isTrue();
            assertThat(list.allows(address(dotted(first + size & 0xffffffffL)))).isFalse();
            assertThat(list.allows(address(dotted(first - 1 & 0xffffffffL)))).isFalse();
        }
    }

    private static String dotted(long address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    @Test
    void one_entry_is_enough() {
        AllowList list = AllowList.of(List.of("192.0.2.1", "2001:db8::/32"));
        assertThat(list.isEverywhere()).isFalse();
        assertThat(list.allows(address("2001:db8::5"))).isTrue();
        assertThat(list.allows(address("192.0.2.1"))).isTrue();
        assertThat(list.allows(address("192.0.2.2"))).isFalse();
        assertThat(list.allows(null)).isFalse();
    }

    @Test
    void without_a_list_every_address_is_allowed() {
        assertThat(AllowList.of(List.of())).isSameAs(AllowList.everywhere());
        assertThat(AllowList.everywhere().isEverywhere()).isTrue();
        assertThat(AllowList.everywhere().allows(null)).isTrue();
        assertThat(AllowList.everywhere().allows(address("::1"))).isTrue();
        assertThat(AllowList.everywhere().entries()).isEmpty();
    }

    @Test
    void what_is_named_twice_counts_once_and_order_is_kept() {
        List<String> entries = new ArrayList<>(List.of("::ffff:192.0.2.1", "2001:db8::", "192.0.2.1", "192.0.2.1/32"));
        assertThat(AllowList.of(entries).entries()).containsExactly("192.0.2.1", "2001:db8::");
    }
}
