package dev.portcullis.auth.spring;

import dev.portcullis.auth.place.CountryDatabase;
import dev.portcullis.auth.place.CountryLookup;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.place.TrustedProxies;
import org.jspecify.annotations.Nullable;

/** Makes of {@code portcullis.places} what judges where requests come from. */
final class PlaceSettings {

    private static final String PLACES = "portcullis.places";

    private final PlaceProperties properties;

    PlaceSettings(PlaceProperties properties) {
        this.properties = properties;
    }

    /** Null if no file is named. */
    @Nullable
    CountryDatabase database() {
        if (properties.countryDatabase() == null) {
            return null;
        }
        try {
            return CountryDatabase.open(properties.countryDatabase());
        } catch (IllegalArgumentException e) {
            throw wrong("country-database", e);
        }
    }

    Places places(@Nullable CountryLookup lookup) {
        checkSources(lookup);
        Places.Builder places = Places.builder().proxies(proxies()).deniedCountries(properties.deniedCountries());
        if (lookup != null && !properties.deniedCountries().isEmpty()) {
            places.countryLookup(lookup);
        }
        if (properties.countryHeader() != null) {
            places.countryHeader(properties.countryHeader());
        }
        loosen(places);
        try {
            return places.build();
        } catch (IllegalArgumentException e) {
            throw wrong("denied-countries", e);
        }
    }

    private void loosen(Places.Builder places) {
        if (properties.letUnknownCountriesIn()) {
            places.letUnknownCountriesIn();
        }
        if (properties.onlyCallersByCountry()) {
            places.onlyCallersByCountry();
        }
        if (properties.addressesOnlyAtLogin()) {
            places.addressesOnlyAtLogin();
        }
        if (properties.countriesOnlyAtLogin()) {
            places.countriesOnlyAtLogin();
        }
    }

    private TrustedProxies proxies() {
        TrustedProxies proxies;
        try {
            proxies = TrustedProxies.of(properties.trustedProxies());
        } catch (IllegalArgumentException e) {
            throw wrong("trusted-proxies", e);
        }
        if (properties.forwardingHeader() == null) {
            return proxies;
        }
        return switch (properties.forwardingHeader()) {
            case FORWARDED -> proxies.onlyForwarded();
            case X_FORWARDED_FOR -> proxies.onlyXForwardedFor();
        };
    }

    private void checkSources(@Nullable CountryLookup lookup) {
        boolean denied = !properties.deniedCountries().isEmpty();
        boolean header = properties.countryHeader() != null;
        if (denied && lookup == null && !header) {
            throw new SettingException(
                    PLACES + ".denied-countries",
                    "is set, but nothing tells in which country an address is",
                    "Set " + PLACES + ".country-database or " + PLACES
                            + ".country-header, or define a CountryLookup bean.");
        }
        if (lookup != null && header) {
            throw new SettingException(
                    PLACES + ".country-header", "is set, and there is a country database too", "Keep one of them.");
        }
        if (!denied && (header || properties.countryDatabase() != null)) {
            throw new SettingException(
                    PLACES + (header ? ".country-header" : ".country-database"),
                    "is set, but no country is denied",
                    "Set " + PLACES + ".denied-countries, or remove it.");
        }
        if (header && properties.trustedProxies().isEmpty()) {
            throw new SettingException(
                    PLACES + ".country-header",
                    "is taken from trusted proxies alone, and none is named",
                    "Set " + PLACES + ".trusted-proxies.");
        }
    }

    private static SettingException wrong(String name, IllegalArgumentException found) {
        SettingException wrong =
                new SettingException(PLACES + "." + name, "is not as it must be: " + found.getMessage(), "Correct it.");
        wrong.initCause(found);
        return wrong;
    }
}
