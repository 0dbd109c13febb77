package dev.portcullis.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 section 5.2.2, and its section 4.2.1 on what cannot be understood. */
class FreshnessTest {

    private static final Freshness FRESHNESS =
            new Freshness(Duration.ofSeconds(60), Duration.ofSeconds(300), Duration.ofSeconds(3600));

    private static long seconds(String... fields) {
        return FRESHNESS.of(List.of(fields)).toSeconds();
    }

    @Test
    void without_the_field_it_is_the_default() {
        assertThat(seconds()).isEqualTo(300);
        assertThat(seconds("")).isEqualTo(300);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=900|900",
                "public, max-age=900, must-revalidate|900",
                "MAX-AGE=900|900",
                "max-age=\"900\"|900",
                " max-age = 900 |900",
                "max-age=00900|900",
                "max-age=60|60",
                "max-age=59|60",
                "max-age=0|60",
                "max-age=3600|3600",
                "max-age=3601|3600",
                "max-age=2147483648|3600",
                "max-age=99999999999999999999999999|3600",
                "public, immutable|300",
                "s-maxage=900|300",
                "x-max-age=900|300",
                "stale-while-revalidate=900|300",
                "no-store|60",
                "no-cache|60",
                "NO-CACHE=\"set-cookie\"|60",
                "no-store, max-age=900|60",
                "max-age=900, no-cache|60",
                "max-age=900, max-age=1800|900",
                "max-age=1800, max-age=900|900",
            })
    void max_age_is_honoured_within_bounds(String field, long expected) {
        assertThat(seconds(field)).isEqualTo(expected);
    }

    /** "Caches are encouraged to consider responses that have invalid freshness information … to be stale." */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age|60",
                "max-age=|60",
                "max-age=-1|60",
                "max-age=+900|60",
                "max-age=9e2|60",
                "max-age=900.5|60",
                "max-age=900s|60",
                "max-age=9 00|60",
                "max-age=\"900|60",
                "max-age='900'|60",
                "max-age=\u0661\u0662|60",
                "max-age=900=900|60",
                "max-age=0x384|60",
                "max-age=NaN|60",
                "max-age=\"\"|60",
                "private=\"a, max-age=1\", max-age=900|60",
                ",,,,|300",
                "=|300",
                "=900|300",
            })
    void what_cannot_be_understood_makes_the_time_short_and_never_long(String field, long expected) {
        assertThat(seconds(field)).isEqualTo(expected);
    }

    @Test
    void of_several_field_lines_the_shortest_time_counts() {
        assertThat(seconds("max-age=1800", "max-age=900")).isEqualTo(900);
        assertThat(seconds("public", "max-age=900")).isEqualTo(900);
        assertThat(seconds("max-age=900", "no-store")).isEqualTo(60);
    }

    @Test
    void a_long_hostile_field_is_read_in_one_pass() {
        assertThat(seconds("max-age=" + "9".repeat(200_000))).isEqualTo(3600);
        assertThat(seconds(",".repeat(200_000) + "max-age=900")).isEqualTo(900);
    }
}
