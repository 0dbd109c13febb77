package dev.portcullis.auth.example;

import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.jdbc.EmbeddedDatabase;
import dev.portcullis.auth.servlet.ErrorFormat;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the example is to run.
 *
 * @param task what it is to do
 * @param port where it listens; 0 for any free port
 * @param external the issuer whose tokens are let in, or null for a development issuer of the example's own
 * @param audiences the names of this API in the tokens' {@code aud}; at least one
 * @param authorizedParties whom tokens may have been issued to; anyone, if none is named
 * @param environments which API keys are accepted; at least one
 * @param database where API keys are kept
 * @param leakKeys where those publish their keys who report keys that were found in public; nobody, if null
 * @param redis where sessions are kept; in memory, if null
 * @param places from where requests are let in
 * @param errors how refusals are written
 * @param plain whether the filters are to stand alone, without Spring Security
 */
public record Options(
        Task task,
        int port,
        @Nullable ExternalIssuer external,
        List<String> audiences,
        List<String> authorizedParties,
        Set<Environment> environments,
        Database database,
        @Nullable URI leakKeys,
        @Nullable RedisAddress redis,
        PlaceSettings places,
        ErrorFormat errors,
        boolean plain) {

    /** The port unless another is given. */
    static final int DEFAULT_PORT = 8080;

    /** Where API keys are kept unless another place is given. */
    static final Path DEFAULT_DATA = Path.of("data");

    /** The name of this API for the development issuer. */
    static final String DEFAULT_AUDIENCE = "portcullis-example";

    /** What an example can do. */
    public enum Task {
        /** Serve the API. */
        SERVE,
        /** Send a request for every documented answer. */
        TOUR,
        /** Tell what options there are. */
        HELP
    }

    /**
     * An issuer that is there already.
     *
     * @param name the exact {@code iss} of its tokens
     * @param jwks where it publishes its keys
     */
    public record ExternalIssuer(String name, URI jwks) {}

    /**
     * Reads the command line, and the environment for what is not on it.
     *
     * @param known which options there are
     * @throws IllegalArgumentException if something is unknown, missing, malformed or contradictory; the message names
     *     the option and the remedy
     */
    static Options of(Set<Option> known, Map<String, String> environment, String... arguments) {
        Given given = Given.onCommandLine(known, arguments);
        if (given.has(Option.HELP)) {
            return defaults(Task.HELP, false);
        }
        if (given.has(Option.TOUR)) {
            requireTourAlone(given);
        }
        given.orIn(environment);
        boolean plain = isOn(given, Option.PLAIN);
        if (isOn(given, Option.TOUR)) {
            return defaults(Task.TOUR, plain);
        }
        List<String> audiences = given.list(Option.AUDIENCE);
        return new Options(
                Task.SERVE,
                port(given),
                external(given),
                audiences.isEmpty() ? List.of(DEFAULT_AUDIENCE) : audiences,
                given.list(Option.AUTHORIZED_PARTIES),
                environments(given),
                database(given),
                leakKeys(given),
                RedisAddress.of(given),
                PlaceSettings.of(given),
                errors(given),
                plain);
    }

    private static Options defaults(Task task, boolean plain) {
        return new Options(
                task,
                DEFAULT_PORT,
                null,
                List.of(DEFAULT_AUDIENCE),
                List.of(),
                EnumSet.allOf(Environment.class),
                Database.in(DEFAULT_DATA),
                null,
                null,
                PlaceSettings.EVERYWHERE,
                ErrorFormat.DETAIL,
                plain);
    }

    private static void requireTourAlone(Given given) {
        for (Option option : given.all()) {
            require(
                    option == Option.TOUR || option == Option.PLAIN,
                    Option.TOUR.flag() + " brings servers and an issuer of its own: leave out " + option.flag());
        }
    }

    private static boolean isOn(Given given, Option option) {
        String text = given.text(option);
        require(
                text == null || text.equals("true") || text.equals("false"),
                given.name(option) + " is '" + text + "': write true or false");
        return "true".equals(text);
    }

    private static int port(Given given) {
        String text = given.text(Option.PORT);
        if (text == null) {
            return DEFAULT_PORT;
        }
        boolean number = text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535;
        require(
                number,
                given.name(Option.PORT) + " is '" + text + "': write a number from 1 to 65535, or 0 for any free port");
        return Integer.parseInt(text);
    }

    private static @Nullable ExternalIssuer external(Given given) {
        String jwks = given.text(Option.JWKS_URL);
        String issuer = given.text(Option.ISSUER);
        if (jwks == null) {
            require(
                    issuer == null,
                    given.name(Option.ISSUER) + " is given without " + Option.JWKS_URL.flag()
                            + ": add the URL of its JWK Set, or leave it out for the development issuer");
            return null;
        }
        if (issuer == null) {
            throw new IllegalArgumentException(given.name(Option.JWKS_URL) + " is given without " + Option.ISSUER.flag()
                    + ": add the exact iss of its tokens, such as " + Option.ISSUER.flag() + " https://issuer.example");
        }
        require(
                given.has(Option.AUDIENCE),
                given.name(Option.JWKS_URL) + " is given without " + Option.AUDIENCE.flag()
                        + ": add the name of this API in the tokens' aud, such as " + Option.AUDIENCE.flag()
                        + " https://api.example");
        return new ExternalIssuer(issuer, url(given, Option.JWKS_URL, jwks));
    }

    private static @Nullable URI leakKeys(Given given) {
        String text = given.text(Option.LEAK_KEYS_URL);
        return text == null ? null : url(given, Option.LEAK_KEYS_URL, text);
    }

    private static URI url(Given given, Option option, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // The text is not shown, nor the exception's: a URL can hold a password.
            throw new IllegalArgumentException(
                    given.name(option) + " is not a URL: write it in full, from https:// on");
        }
    }

    private static Database database(Given given) {
        String url = given.text(Option.DATABASE_URL);
        if (url == null) {
            for (Option option : List.of(Option.DATABASE_USER, Option.DATABASE_PASSWORD)) {
                require(
                        !given.has(option),
                        given.name(option) + " is given without " + Option.DATABASE_URL.flag()
                                + ": add the database's URL, or leave it out");
            }
            return Database.in(directory(given));
        }
        require(
                !given.has(Option.DATA),
                given.name(Option.DATA) + " and " + given.name(Option.DATABASE_URL) + " are both given: keep one");
        require(
                url.startsWith("jdbc:postgresql:") && isTaken(url),
                given.name(Option.DATABASE_URL)
                        + " is not the URL of a PostgreSQL: write it like jdbc:postgresql://localhost/portcullis");
        return Database.at(url, given.text(Option.DATABASE_USER), given.text(Option.DATABASE_PASSWORD));
    }

    private static boolean isTaken(String url) {
        try {
            return DriverManager.getDriver(url).acceptsURL(url);
        } catch (SQLException e) {
            return false;
        }
    }

    private static Path directory(Given given) {
        String text = given.text(Option.DATA);
        try {
            Path directory = text == null ? DEFAULT_DATA : Path.of(text);
            EmbeddedDatabase.url(directory);
            return directory;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    given.name(Option.DATA) + " is not a directory that keys can be kept in: leave semicolons out", e);
        }
    }

    private static Set<Environment> environments(Given given) {
        Set<Environment> accepted = EnumSet.noneOf(Environment.class);
        for (String label : new LinkedHashSet<>(given.list(Option.ENVIRONMENTS))) {
            accepted.add(Arrays.stream(Environment.values())
                    .filter(environment -> environment.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(given.name(Option.ENVIRONMENTS) + " names '" + label
                            + "': write live, test, or live,test")));
        }
        return accepted.isEmpty() ? EnumSet.allOf(Environment.class) : accepted;
    }

    private static ErrorFormat errors(Given given) {
        String word = given.text(Option.ERRORS);
        if (word == null) {
            return ErrorFormat.DETAIL;
        }
        return Arrays.stream(ErrorFormat.values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        given.name(Option.ERRORS) + " is '" + word + "': write detail, problem, coded or opaque"));
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
