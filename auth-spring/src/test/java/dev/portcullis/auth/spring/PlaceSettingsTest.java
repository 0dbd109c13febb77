package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.Contexts.RULES;
import static dev.portcullis.auth.spring.Contexts.assertFailed;
import static dev.portcullis.auth.spring.Contexts.runner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.place.CountryDatabase;
import dev.portcullis.auth.place.CountryLookup;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.testkit.CountryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** What stands under {@code portcullis.places}. */
class PlaceSettingsTest {

    private static final String DENIED = "denied-countries=GB";
    private static final String HEADER = "country-header=X-Country";
    private static final String PROXY = "trusted-proxies=10.0.0.0/8";

    @TempDir
    private Path directory;

    private static WebApplicationContextRunner places(String... properties) {
        return runner().withPropertyValues(RULES, "portcullis.api-keys.store=memory")
                .withPropertyValues(Stream.of(properties)
                        .map(each -> "portcullis.places." + each)
                        .toArray(String[]::new));
    }

    private record Row(String property, String problem, String remedy, List<String> given) {}

    private static Row row(String property, String problem, String remedy, String... given) {
        return new Row("portcullis.places." + property, problem, remedy, List.of(given));
    }

    @TestFactory
    Stream<DynamicTest> what_is_wrong_or_missing_stops_the_start() {
        return Stream.of(
                        row("trusted-proxies", "is not as it must be", "Correct", "trusted-proxies=10.0.0.0/33"),
                        row("trusted-proxies", "is not as it must be", "Correct", "trusted-proxies=proxy.example"),
                        row("denied-countries", "nothing tells", ".country-database", DENIED),
                        row("denied-countries", "GBR", "Correct", "denied-countries=GBR", HEADER, PROXY),
                        row("country-header", "none is named", ".trusted-proxies", DENIED, HEADER),
                        row("country-header", "no country is denied", ".denied-countries", HEADER, PROXY),
                        row(
                                "country-database",
                                "cannot be read",
                                "Correct",
                                DENIED,
                                "country-database=/not/there.mmdb"))
                .map(row -> DynamicTest.dynamicTest(
                        row.property() + ": " + row.problem(),
                        () -> places(row.given().toArray(String[]::new))
                                .run(context -> assertFailed(context, row.property(), row.problem(), row.remedy()))));
    }

    @Test
    void a_database_is_one_and_stands_alone() throws IOException {
        Path text = Files.writeString(directory.resolve("text.mmdb"), "no database");
        places(DENIED, "country-database=" + text)
                .run(context -> assertFailed(
                        context, "portcullis.places.country-database", "no database in MaxMind's format", "Correct"));
        Path file = directory.resolve("countries.mmdb");
        CountryFile.write(file, Map.of("192.0.2.0/24", "GB"));
        places(DENIED, "country-database=" + file)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(CountryDatabase.class));
        places("country-database=" + file)
                .run(context -> assertFailed(
                        context, "portcullis.places.country-database", "no country is denied", "denied-countries"));
        places(DENIED, HEADER, PROXY, "country-database=" + file)
                .run(context -> assertFailed(
                        context, "portcullis.places.country-header", "a country database too", "Keep one"));
    }

    @Test
    void a_lookup_of_the_applications_own_tells_countries() {
        places(DENIED)
                .withBean(CountryLookup.class, () -> address -> "GB")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CountryDatabase.class));
    }

    @Test
    void what_places_of_the_applications_own_do_not_read_is_refused() {
        WebApplicationContextRunner own =
                places(PROXY).withBean(Places.class, () -> Places.builder().build());
        own.run(context ->
                assertFailed(context, "portcullis.places", "a Places bean of its own", "Remove one of them"));
    }
}
