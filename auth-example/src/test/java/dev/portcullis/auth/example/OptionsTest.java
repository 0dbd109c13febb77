package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.apikey.Environment;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OptionsTest {

    private static final String JWKS = "https://issuer.example/jwks.json";

    private static Options options(String... arguments) {
        return options(Map.of(), arguments);
    }

    private static Options options(Map<String, String> environment, String... arguments) {
        return Options.of(Option.common(), environment, arguments);
    }

    @Test
    void without_options_a_development_issuer_and_both_kinds_of_key_on_port_8080() {
        Options options = options();

        assertThat(options.task()).isEqualTo(Options.Task.SERVE);
        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.external()).isNull();
        assertThat(options.audiences()).hasSize(1);
        assertThat(options.authorizedParties()).isEmpty();
        assertThat(options.environments()).containsExactly(Environment.LIVE, Environment.TEST);
    }

    @Test
    void every_option_is_read_in_both_spellings() {
        Options options = options(
                "--port=0",
                "--jwks-url",
                JWKS,
                "--issuer=https://issuer.example",
                "--audience",
                "api, other-api",
                "--authorized-parties=https://a.example,https://b.example",
                "--environments",
                "live",
                "--leak-keys-url",
                "https://scanner.example/keys");

        assertThat(options.leakKeys()).isEqualTo(URI.create("https://scanner.example/keys"));
        assertThat(options.port()).isZero();
        assertThat(options.external())
                .isEqualTo(new Options.ExternalIssuer("https://issuer.example", URI.create(JWKS)));
        assertThat(options.audiences()).containsExactly("api", "other-api");
        assertThat(options.authorizedParties()).containsExactly("https://a.example", "https://b.example");
        assertThat(options.environments()).containsExactly(Environment.LIVE);
    }

    @Test
    void every_option_is_read_from_the_environment() {
        Options options = options(Map.of(
                "PORT", "9090",
                "JWKS_URL", JWKS,
                "ISSUER", "https://issuer.example",
                "AUDIENCE", "api",
                "AUTHORIZED_PARTIES", "a,b",
                "ENVIRONMENTS", "test,live"));

        assertThat(options.port()).isEqualTo(9090);
        assertThat(options.external()).isNotNull();
        assertThat(options.audiences()).containsExactly("api");
        assertThat(options.authorizedParties()).containsExactly("a", "b");
        assertThat(options.environments()).containsExactlyInAnyOrder(Environment.LIVE, Environment.TEST);
    }

    @Test
    void an_option_beats_its_variable_and_an_empty_variable_counts_as_none() {
        Options options = options(Map.of("PORT", "9090", "ISSUER", "", "JWKS_URL", " "), "--port", "9191");

        assertThat(options.port()).isEqualTo(9191);
        assertThat(options.external()).isNull();
    }

    @Test
    void a_wrong_variable_does_not_matter_where_the_option_is_given() {
        assertThat(options(Map.of("PORT", "nonsense"), "--port", "0").port()).isZero();
    }

    @Test
    void help_and_tour_are_tasks() {
        assertThat(options("--help").task()).isEqualTo(Options.Task.HELP);
        assertThat(options("--port", "1", "--help").task()).isEqualTo(Options.Task.HELP);
        assertThat(options("--tour").task()).isEqualTo(Options.Task.TOUR);
        assertThat(options(Map.of("TOUR", "true", "PORT", "nonsense")).task()).isEqualTo(Options.Task.TOUR);
        assertThat(options(Map.of("TOUR", "false")).task()).isEqualTo(Options.Task.SERVE);
        assertThat(options(Map.of("PORT", "nonsense"), "--tour").task()).isEqualTo(Options.Task.TOUR);
    }

    @Test
    void the_tour_takes_no_other_option() {
        assertThatThrownBy(() -> options("--tour", "--port", "0"))
                .hasMessage("--tour brings servers and an issuer of its own: leave out --port");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--jwks-url https://a.example | --jwks-url is given without --issuer",
                "--jwks-url https://a.example --audience api | --jwks-url is given without --issuer",
                "--jwks-url https://a.example --issuer a | --jwks-url is given without --audience",
                "--issuer a | --issuer is given without --jwks-url",
                "--jwks-url https://a:b%%@x --issuer a --audience b | --jwks-url is not a URL",
                "--leak-keys-url https://a:b%%@x | --leak-keys-url is not a URL",
                "--redis-url http://a:b@x | --redis-url is not the URL of a Redis: write it like redis://",
                "--trusted-proxies proxy.example | --trusted-proxies: ",
                "--denied-countries US | --denied-countries is given without what tells countries: add --geoip-database",
                "--denied-countries UK --geoip-database x | --denied-countries names 'UK': write the two capital letters",
                "--geoip-database x | --geoip-database is given without --denied-countries",
                "--country-header X | --country-header is taken from trusted proxies alone: name them with",
                "--errors json | --errors is 'json': write detail, problem, coded or opaque",
                "--port x | --port is 'x': write a number",
                "--port 65536 | --port is '65536': write a number",
                "--port -1 | --port is '-1': write a number",
                "--environments prod | --environments names 'prod': write live, test, or live,test",
                "--environments LIVE | --environments names 'LIVE': write live",
                "--environments live,,test | --environments has an empty entry",
                "--environments live;test | --environments names 'live;test'",
                "--audience , | --audience has an empty entry",
                "--authorized-parties a, | --authorized-parties has an empty entry",
                "--unknown x | There is no option '--unknown': --help tells",
                "--Port 1 | There is no option '--Port'",
                "port 1 | There is no option 'port'",
                "--port 1 --port=2 | --port is given twice: keep one",
                "--port | --port needs a value: write --port VALUE",
                "--port --tour | --port needs a value: write --port VALUE",
                "--port= | --port is empty: give it a value",
                "--tour=yes | --tour stands alone"
            })
    void what_is_wrong_is_named_with_its_remedy(String line, String message) {
        assertThatThrownBy(() -> options(line.split(" ", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageContaining(":");
    }

    @Test
    void what_is_wrong_in_the_environment_is_named_by_its_variable() {
        assertThatThrownBy(() -> options(Map.of("PORT", "x"))).hasMessageStartingWith("PORT is 'x'");
        assertThatThrownBy(() -> options(Map.of("JWKS_URL", JWKS)))
                .hasMessageStartingWith("JWKS_URL is given without --issuer");
        assertThatThrownBy(() -> options(Map.of("TOUR", "yes"))).hasMessage("TOUR is 'yes': write true or false");
    }

    /** A URL can hold a password. */
    @Test
    void a_url_that_is_none_is_not_shown() {
        assertThatThrownBy(() -> options("--jwks-url", "https://u:secret@%%", "--issuer", "a", "--audience", "b"))
                .message()
                .doesNotContain("secret");
    }

    @Test
    void what_only_another_example_has_is_unknown() {
        assertThatThrownBy(() -> options("--plain")).hasMessageStartingWith("There is no option '--plain'");
        assertThat(options(Map.of("PLAIN", "true")).plain()).isFalse();
    }

    @Test
    void the_filters_alone_can_be_asked_for_and_can_be_toured() {
        Set<Option> all = EnumSet.allOf(Option.class);

        assertThat(Options.of(all, Map.of(), "--plain").plain()).isTrue();
        assertThat(Options.of(all, Map.of("PLAIN", "true")).plain()).isTrue();
        assertThat(Options.of(all, Map.of()).plain()).isFalse();
        assertThat(Options.of(all, Map.of(), "--tour", "--plain"))
                .extracting(Options::task, Options::plain)
                .containsExactly(Options.Task.TOUR, true);
        assertThatThrownBy(() -> Options.of(all, Map.of("PLAIN", "yes")))
                .hasMessage("PLAIN is 'yes': write true or false");
    }

    @ParameterizedTest
    @EnumSource
    void help_names_every_option_of_the_example(Option option) throws Exception {
        boolean common = option != Option.PLAIN;

        assertThat(Main.PROGRAM.help().contains("\n  " + option.flag() + " ")).isEqualTo(common);
        assertThat(Main.PROGRAM.help()).contains("java -jar auth-example/target/portcullis-example.jar [OPTION]");
        assertThat(Main.PROGRAM.help().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(101));
    }
}
