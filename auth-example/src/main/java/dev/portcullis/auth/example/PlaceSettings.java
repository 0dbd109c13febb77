package dev.portcullis.auth.example;

import dev.portcullis.auth.place.CountryDatabase;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.place.TrustedProxies;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From where requests are let in.
 *
 * @param trustedProxies whose word is taken for where a request comes from, by address or block
 * @param deniedCountries from where nobody is let in
 * @param database the file that knows which address is in which country; null for none
 * @param countryHeader the header in which a trusted proxy tells it; null for none
 */
public record PlaceSettings(
        List<String> trustedProxies,
        List<String> deniedCountries,
        @Nullable Path database,
        @Nullable String countryHeader) {

    /** From everywhere, without a proxy. */
    static final PlaceSettings EVERYWHERE = new PlaceSettings(List.of(), List.of(), null, null);

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException if one is wrong, or missing; the message names it and the remedy
     */
    static PlaceSettings of(Given given) {
        PlaceSettings read = new PlaceSettings(
                given.list(Option.TRUSTED_PROXIES),
                given.list(Option.DENIED_COUNTRIES),
                file(given),
                given.text(Option.COUNTRY_HEADER));
        read.checkProxies(given);
        read.checkCountries(given);
        return read;
    }

    private static @Nullable Path file(Given given) {
        String text = given.text(Option.GEOIP_DATABASE);
        try {
            return text == null ? null : Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    given.name(Option.GEOIP_DATABASE) + " is no file's name: give the path of a .mmdb file", e);
        }
    }

    private void checkProxies(Given given) {
        try {
            TrustedProxies.of(trustedProxies);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    given.name(Option.TRUSTED_PROXIES) + ": " + e.getMessage()
                            + " Write addresses or CIDR blocks, such as 10.0.0.0/8",
                    e);
        }
        String header = countryHeader;
        if (header != null) {
            require(
                    header.matches(TOKEN),
                    given.name(Option.COUNTRY_HEADER) + " is no header's name: write one like CF-IPCountry");
            require(
                    !trustedProxies.isEmpty(),
                    given.name(Option.COUNTRY_HEADER) + " is taken from trusted proxies alone: name them with "
                            + Option.TRUSTED_PROXIES.flag());
        }
    }

    private void checkCountries(Given given) {
        for (String code : deniedCountries) {
            require(
                    COUNTRIES.contains(code) || code.equals("XK"),
                    given.name(Option.DENIED_COUNTRIES) + " names '" + code
                            + "': write the two capital letters of ISO 3166-1, such as GB for the United Kingdom");
        }
        for (Option source : List.of(Option.GEOIP_DATABASE, Option.COUNTRY_HEADER)) {
            require(
                    !given.has(source) || !deniedCountries.isEmpty(),
                    given.name(source) + " is given without " + Option.DENIED_COUNTRIES.flag()
                            + ": add the countries from which nobody is let in, or leave it out");
        }
        require(
                database == null || countryHeader == null,
                given.name(Option.GEOIP_DATABASE) + " and " + given.name(Option.COUNTRY_HEADER)
                        + " are both given: keep one");
        require(
                deniedCountries.isEmpty() || database != null || countryHeader != null,
                given.name(Option.DENIED_COUNTRIES) + " is given without what tells countries: add "
                        + Option.GEOIP_DATABASE.flag() + ", or " + Option.COUNTRY_HEADER.flag());
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /**
     * Opens the database, if there is to be one.
     *
     * @return what knows countries, or null
     * @throws IllegalArgumentException if the file is none; the message names the option and the remedy
     */
    public @Nullable CountryDatabase openDatabase() {
        try {
            return database == null ? null : CountryDatabase.open(database);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    Option.GEOIP_DATABASE.flag() + ": " + e.getMessage()
                            + ": give one that knows countries, such as GeoLite2-Country.mmdb",
                    e);
        }
    }

    /** Who is let in, with the database that {@link #openDatabase} has opened. */
    Places places(@Nullable CountryDatabase opened) {
        Places.Builder places =
                Places.builder().proxies(TrustedProxies.of(trustedProxies)).deniedCountries(deniedCountries);
        if (opened != null) {
            places.countryLookup(opened);
        }
        if (countryHeader != null) {
            places.countryHeader(countryHeader);
        }
        // Addresses of loopback and of private networks are in no country.
        return places.letUnknownCountriesIn().build();
    }
}
