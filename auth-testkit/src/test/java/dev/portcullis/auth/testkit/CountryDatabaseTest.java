package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.IPAddress;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.place.CountryDatabase;
import dev.portcullis.auth.place.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract section 7: "the country comes from a MaxMind database file". The file is read by MaxMind's own reader. */
final class CountryDatabaseTest {

    @TempDir
    private Path directory;

    private Path file() throws IOException {
        Path file = directory.resolve("countries.mmdb");
        CountryFile.write(
                file,
                Map.of(
                        "192.0.2.0/24", "US",
                        "192.0.2.128/25", "CH",
                        "192.0.2.200", "GB",
                        "2001:db8::/32", "CN",
                        "2001:db8:1::/48", "DE"));
        return file;
    }

    private record From(String remoteAddress) implements AuthRequest {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, US",
        "192.0.2.127, US",
        "192.0.2.128, CH",
        "192.0.2.200, GB",
        "192.0.2.201, CH",
        "192.0.3.0, ",
        "0.0.0.0, ",
        "2001:db8::1, CN",
        "2001:db8:1:ffff::1, DE",
        "2001:db9::, ",
        "::ffff:192.0.2.1, US"
    })
    void an_address_is_in_the_country_of_the_smallest_block(String address, String country) throws IOException {
        try (CountryDatabase database = CountryDatabase.open(file())) {
            assertThat(database.countryOf(address(address))).isEqualTo(country);
            assertThat(database).hasToString("CountryDatabase[Portcullis-Test-Country]");
        }
    }

    @Test
    void denied_countries_are_kept_out_and_unknown_ones_as_configured() throws IOException {
        try (CountryDatabase database = CountryDatabase.open(file())) {
            Places.Builder denying =
                    Places.builder().deniedCountries(List.of("US", "GB", "CN")).countryLookup(database);
            Places strict = denying.build();
            assertThat(strict.objection(null, new From("192.0.2.1"))).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
            assertThat(strict.objection(null, new From("192.0.2.130"))).isNull();
            assertThat(strict.objection(null, new From("198.51.100.1"))).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
            Places lenient = denying.letUnknownCountriesIn().build();
            assertThat(lenient.objection(null, new From("198.51.100.1"))).isNull();
            assertThat(lenient.objection(null, new From("2001:db8::1"))).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
        }
    }

    @Test
    void a_file_that_is_none_stops_the_start() throws IOException {
        Path none = directory.resolve("none.mmdb");
        assertThatThrownBy(() -> CountryDatabase.open(none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.mmdb");
        Files.writeString(none, "not a database");
        assertThatThrownBy(() -> CountryDatabase.open(none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.mmdb");
    }

    /** "Could not check" is 503, never a guess. */
    @Test
    void a_damaged_file_and_a_closed_one_know_nothing() throws IOException {
        Path damaged = file();
        byte[] bytes = Files.readAllBytes(damaged);
        int text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("country");
        Arrays.fill(bytes, text - 2, text + 7, (byte) 0xff);
        Files.write(damaged, bytes);
        Path whole = directory.resolve("whole.mmdb");
        try (CountryDatabase database = CountryDatabase.open(damaged)) {
            IPAddress first = IPAddress.parse("192.0.2.1");
            IPAddress second = IPAddress.parse("2001:db8::1");
            assertThat(List.of(first, second))
                    .anySatisfy(address -> assertThatThrownBy(() -> database.countryOf(address))
                            .isInstanceOf(AuthUnavailableException.class));
        }
        CountryFile.write(whole, Map.of("192.0.2.0/24", "US"));
        CountryDatabase closed = CountryDatabase.open(whole);
        closed.close();
        assertThatThrownBy(() -> closed.countryOf(address("192.0.2.1")))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageNotContaining("192.0.2.1");
    }

    @Test
    void only_addresses_and_blocks_can_be_written() {
        assertThatThrownBy(() -> CountryFile.write(directory.resolve("x"), Map.of("localhost", "US")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static IPAddress address(String literal) {
        return Objects.requireNonNull(IPAddress.parse(literal), literal);
    }
}
