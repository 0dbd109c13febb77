package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where requests come from, as the options say: {@code --trusted-proxies}, {@code --denied-countries},
 * {@code --geoip-database} and {@code --country-header}; and {@code --errors} beside them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PlaceSuite {

    private static final String SELF = "/api/v1/api-keys/self/";
    private static final Ask LEAGUES = Ask.get("/api/v1/leagues/");
    private static final String LOCATION = "Access from this location is not allowed.";

    @TempDir
    private static Path directory;

    private Path database;

    /** The proxy is the peer, by its mapped address; it tells the country. */
    private Example proxied;

    /** The proxy is the peer, and no country is denied. */
    private Example listed;

    /** The proxy is another one, so that what the peer says is of no account. */
    private Example direct;

    /**
     * What serves the API.
     *
     * @return a kind of server
     */
    protected abstract ExampleServer.Kind kind();

    @BeforeAll
    void startAll() throws IOException {
        database = TourCountries.write();
        proxied = start(
                "--trusted-proxies",
                "10.0.0.0/8,::ffff:127.0.0.1",
                "--denied-countries",
                "US,GB",
                "--country-header",
                "CF-IPCountry",
                "--errors",
                "problem");
        listed = start("--trusted-proxies", "127.0.0.1");
        direct = start(
                "--trusted-proxies",
                "192.0.2.0/24,2001:db8::/32",
                "--denied-countries",
                "US,GB,CN",
                "--geoip-database",
                database.toString());
    }

    private Example start(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--port", "0"));
        all.addAll(List.of(options));
        String data = Files.createTempDirectory(directory, "keys").toString();
        return Example.start(Options.of(Option.common(), Map.of("DATA", data), all.toArray(String[]::new)), kind());
    }

    @AfterAll
    void stopAll() throws IOException {
        direct.close();
        listed.close();
        proxied.close();
        Files.delete(database);
    }

    private static Answer send(Example example, Ask ask) throws IOException {
        return Wire.send(example.port(), ask);
    }

    /** Where the server says that a request comes from. */
    private static String address(Example example, String... lines) throws IOException {
        Ask ask = Ask.get(SELF).key(example.demoKey());
        for (String line : lines) {
            ask = ask.line(line);
        }
        Answer answer = send(example, ask);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Matcher address = Pattern.compile("\"your_ip\":(?:\"([^\"]*)\"|null)").matcher(answer.body());
        assertThat(address.find()).isTrue();
        return String.valueOf(address.group(1));
    }

    /** "A header from anyone else is ignored." The addresses are in the United States. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 192.0.2.7",
                "Forwarded: for=192.0.2.7",
                "Forwarded: for=\"[2001:db8:1::1]\"",
                "X-Forwarded-For: 127.0.0.1, 192.0.2.7",
                "X-Real-IP: 192.0.2.7",
                "CF-IPCountry: US"
            })
    void what_a_peer_says_that_is_no_trusted_proxy_is_ignored(String line) throws Exception {
        assertThat(address(direct, line)).isEqualTo("127.0.0.1");
        assertThat(send(direct, LEAGUES.key(direct.demoKey()).line(line)).status())
                .isEqualTo(200);
    }

    /** Nor does it help to get out of a list, or into one. */
    @Test
    void nobody_gets_onto_an_allow_list_by_a_header() throws Exception {
        String tied = issued(direct, "192.0.2.7");

        for (String line : List.of("X-Forwarded-For: 192.0.2.7", "Forwarded: for=192.0.2.7")) {
            Answer refused = send(direct, LEAGUES.key(tied).line(line));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.detail()).isEqualTo("IP is not whitelisted.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "X-Forwarded-For: 198.51.100.7; 198.51.100.7",
                "X-Forwarded-For: ::ffff:198.51.100.7; 198.51.100.7",
                "X-Forwarded-For: 203.0.113.1, 198.51.100.7, 10.1.2.3; 198.51.100.7",
                "X-Forwarded-For: 198.51.100.7, ::ffff:10.1.2.3; 198.51.100.7",
                "Forwarded: for=\"[2001:db8:2::1]:4711\"; 2001:db8:2::1",
                "Forwarded: for=\"[::ffff:198.51.100.7]\"; 198.51.100.7",
                "X-Forwarded-For: ::ffff:127.0.0.1; 127.0.0.1"
            })
    void a_trusted_proxy_is_believed_and_one_address_has_one_spelling(String line, String address) throws Exception {
        assertThat(address(proxied, line)).isEqualTo(address);
    }

    /**
     * An address with a zone says nothing outside of its machine; nor does what is no address. Such a client is on no list,
     * and where countries are denied it could be in one of them.
     */
    @ParameterizedTest
    @ValueSource(strings = {"fe80::1%eth0", "fe80::1%25eth0", "unknown", "_hidden", "198.51.100.7, x", "0127.0.0.1"})
    void what_names_no_place_is_nowhere(String text) throws Exception {
        String line = "X-Forwarded-For: " + text;
        String tied = issued(listed, "127.0.0.1", "198.51.100.7", "fe80::/10");

        assertThat(address(listed, line)).isEqualTo("null");
        assertThat(send(listed, LEAGUES.key(tied).line(line)).detail()).isEqualTo("IP is not whitelisted.");
        assertThat(send(proxied, LEAGUES.key(proxied.demoKey()).line(line)).detail())
                .isEqualTo(LOCATION);
    }

    /** In the body that {@code --errors} asks for. */
    @Test
    void a_country_is_denied_by_the_proxys_header() throws Exception {
        Ask ask = LEAGUES.key(proxied.demoKey()).line("X-Forwarded-For: 198.51.100.7");

        Answer denied = send(proxied, ask.line("CF-IPCountry: GB"));
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.detail()).isEqualTo(LOCATION);
        assertThat(denied.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(send(proxied, ask.line("CF-IPCountry: CH")).status()).isEqualTo(200);
        assertThat(send(proxied, ask.line("CF-IPCountry: GB").line("CF-IPCountry: CH"))
                        .status())
                .isEqualTo(403);
    }

    /** Known by a database, and a proxy that is trusted. */
    @Test
    void a_country_is_denied_by_the_database() throws Exception {
        try (Example example = start(
                "--trusted-proxies",
                "127.0.0.1",
                "--denied-countries",
                "US,GB,CN",
                "--geoip-database",
                database.toString())) {
            Ask ask = LEAGUES.key(example.demoKey());
            for (String there : List.of("192.0.2.7", "::ffff:192.0.2.7", "2001:db8:1::1")) {
                assertThat(send(example, ask.line("X-Forwarded-For: " + there)).detail())
                        .isEqualTo(LOCATION);
            }
            assertThat(send(example, ask.line("X-Forwarded-For: 198.51.100.7")).status())
                    .isEqualTo(200);
        }
    }

    /** A key of a signed-in user that is tied to addresses. */
    private static String issued(Example example, String... addresses) throws IOException {
        Answer answer = send(
                example,
                Ask.of("POST", "/api/v1/api-keys/")
                        .bearer(String.valueOf(example.demoToken()))
                        .json("{\"name\":\"Tied\",\"scopes\":[\"catalog:read\"],\"ip_allowlist\":[\""
                                + String.join("\",\"", addresses) + "\"]}"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return String.valueOf(JSON.member(answer.body(), "plaintext"));
    }
}
