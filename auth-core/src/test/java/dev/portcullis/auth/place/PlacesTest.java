package dev.portcullis.auth.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Reason;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 7: countries first, then the key's own addresses. */
class PlacesTest {

    private static final TrustedProxies PROXIES = TrustedProxies.of(List.of("10.0.0.0/8"));

    private final List<String> asked = new ArrayList<>();

    /** By the last number of an address: 1 for the United States, 2 for Switzerland, and nothing is known of the rest. */
    private final CountryLookup lookup = address -> {
        asked.add(address.toString());
        String text = address.toString();
        return switch (text.charAt(text.length() - 1)) {
            case '1' -> "US";
            case '2' -> "CH";
            case '3' -> "us";
            case '4' -> "EU";
            default -> null;
        };
    };

    private final Places.Builder byCountry =
            Places.builder().deniedCountries(List.of("US", "GB")).countryLookup(lookup);

    private static Caller tied(CredentialKind kind, String... entries) {
        return Caller.of(kind, "a", List.of(), Map.of("ip_allowlist", AllowList.of(List.of(entries))));
    }

    private static Caller untied(CredentialKind kind) {
        return Caller.of(kind, "a", List.of(), Map.of());
    }

    private static @Nullable Reason at(Places places, @Nullable Caller caller, @Nullable String peer) {
        return places.objection(caller, FromPeer.at(peer));
    }

    // Addresses

    @Test
    void a_key_that_is_tied_to_addresses_works_from_there_alone() {
        Places places = Places.builder().build();
        Caller key = tied(CredentialKind.API_KEY, "192.0.2.0/24", "2001:db8::1");
        assertThat(at(places, key, "192.0.2.7")).isNull();
        assertThat(at(places, key, "::ffff:192.0.2.7")).isNull();
        assertThat(at(places, key, "2001:db8::1")).isNull();
        assertThat(at(places, key, "192.0.3.7")).isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
        assertThat(at(places, key, "2001:db8::2")).isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
        assertThat(at(places, key, "2001:db8::1%eth0")).isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
        assertThat(at(places, key, null)).isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
    }

    @Test
    void whoever_is_not_tied_to_addresses_comes_from_anywhere() {
        Places places = Places.builder().build();
        assertThat(at(places, null, null)).isNull();
        assertThat(at(places, untied(CredentialKind.JWT), "192.0.2.1")).isNull();
        assertThat(at(places, tied(CredentialKind.API_KEY), null)).isNull();
        Caller claims = Caller.of(CredentialKind.JWT, "a", List.of(), Map.of("ip_allowlist", List.of("192.0.2.9")));
        assertThat(at(places, claims, "192.0.2.1")).isNull();
    }

    @Test
    void the_address_behind_a_trusted_proxy_counts() {
        Places places = Places.builder().proxies(PROXIES).build();
        Caller key = tied(CredentialKind.API_KEY, "192.0.2.1");
        assertThat(places.objection(key, FromPeer.at("10.0.0.1").forwardedFor("192.0.2.1")))
                .isNull();
        assertThat(places.objection(key, FromPeer.at("10.0.0.1").forwardedFor("192.0.2.1, 192.0.2.2")))
                .isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
        assertThat(places.objection(key, FromPeer.at("192.0.2.2").forwardedFor("192.0.2.1")))
                .isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
        assertThat(places.clientOf(FromPeer.at("10.0.0.1").forwardedFor("192.0.2.1")))
                .hasToString("192.0.2.1");
    }

    /** "Checked at login and on every request (configurable to login only)." */
    @Test
    void a_session_can_be_judged_by_address_at_login_only() {
        Places each = Places.builder().build();
        Places atLogin = Places.builder().addressesOnlyAtLogin().build();
        Caller session = tied(CredentialKind.SESSION, "192.0.2.1");
        Caller key = tied(CredentialKind.API_KEY, "192.0.2.1");
        assertThat(at(each, session, "192.0.2.2")).isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
        assertThat(at(atLogin, session, "192.0.2.2")).isNull();
        assertThat(at(atLogin, key, "192.0.2.2")).isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
    }

    // Countries

    @Test
    void nobody_is_let_in_from_a_denied_country() {
        Places places = byCountry.build();
        for (@Nullable
        Caller caller : new @Nullable Caller[] {null, untied(CredentialKind.JWT), tied(CredentialKind.SESSION)}) {
            assertThat(at(places, caller, "192.0.2.1")).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
            assertThat(at(places, caller, "2001:db8::3")).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
            assertThat(at(places, caller, "192.0.2.2")).isNull();
        }
    }

    @Test
    void country_comes_before_address() {
        Places places = byCountry.build();
        Caller key = tied(CredentialKind.API_KEY, "192.0.2.1");
        assertThat(at(places, key, "192.0.2.1")).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
        assertThat(at(places, key, "198.51.100.1")).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
        assertThat(at(places, key, "192.0.2.2")).isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
    }

    /** "An unknown country is let in or refused as configured." A client that cannot be told is not let in either way. */
    @Test
    void an_unknown_country_is_refused_unless_configured() {
        Places strict = byCountry.build();
        assertThat(at(strict, null, "192.0.2.9")).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
        assertThat(at(strict, null, "192.0.2.4")).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
        Places lenient = byCountry.letUnknownCountriesIn().build();
        assertThat(at(lenient, null, "192.0.2.9")).isNull();
        assertThat(at(lenient, null, "192.0.2.4")).isNull();
        assertThat(at(lenient, null, "192.0.2.1")).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
        assertThat(at(lenient, null, null)).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
        assertThat(at(lenient, null, "fe80::2%eth0")).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
    }

    /** A client adds the header that its proxy does not write, so that its address can no longer be told. */
    @Test
    void who_blurs_the_traces_is_not_let_in_as_unknown() {
        Places places = byCountry.proxies(PROXIES).letUnknownCountriesIn().build();
        FromPeer request = FromPeer.at("10.0.0.5").forwardedFor("192.0.2.1").forwarded("for=192.0.2.2");
        assertThat(places.objection(null, request)).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
    }

    @Test
    void callers_alone_can_be_judged_by_country() {
        Places places = byCountry.onlyCallersByCountry().build();
        assertThat(at(places, null, "192.0.2.1")).isNull();
        assertThat(at(places, untied(CredentialKind.JWT), "192.0.2.1")).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
    }

    /** The first seed: "authenticate from a compliant server and reuse the resulting session cookie". */
    @Test
    void a_session_can_be_judged_by_country_at_login_only() {
        Places places = byCountry.countriesOnlyAtLogin().build();
        assertThat(at(places, untied(CredentialKind.SESSION), "192.0.2.1")).isNull();
        assertThat(at(places, untied(CredentialKind.API_KEY), "192.0.2.1")).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
        assertThat(at(places, tied(CredentialKind.SESSION, "192.0.2.7"), "192.0.2.1"))
                .isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
    }

    @Test
    void the_database_is_asked_for_the_client_and_only_if_it_matters() {
        Places places = byCountry.proxies(PROXIES).onlyCallersByCountry().build();
        places.objection(null, FromPeer.at("192.0.2.1"));
        assertThat(asked).isEmpty();
        places.objection(untied(CredentialKind.JWT), FromPeer.at("10.0.0.1").forwardedFor("192.0.2.2"));
        assertThat(asked).containsExactly("192.0.2.2");
    }

    @Test
    void a_database_that_cannot_be_asked_is_neither_yes_nor_no() {
        Places places = Places.builder()
                .deniedCountries(List.of("US"))
                .countryLookup(address -> {
                    throw new UncheckedIOException(new java.io.IOException("disk"));
                })
                .letUnknownCountriesIn()
                .build();
        assertThatThrownBy(() -> at(places, null, "192.0.2.2"))
                .isInstanceOfSatisfying(
                        AuthUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.COUNTRY_UNAVAILABLE));
    }

    // "or from a header that a trusted proxy sets"

    private static Places.Builder byHeader() {
        return Places.builder()
                .deniedCountries(List.of("US", "GB"))
                .countryHeader("CF-IPCountry")
                .proxies(PROXIES);
    }

    @Test
    void a_trusted_proxy_tells_the_country() {
        Places places = byHeader().build();
        for (String denied : List.of("US", "us", " GB ", "XX", "T1", "", "USA", "CH, US", "\u017fs")) {
            assertThat(places.objection(null, FromPeer.at("10.0.0.1").field("cf-ipcountry", denied)))
                    .as(denied)
                    .isEqualTo(Reason.LOCATION_NOT_ALLOWED);
        }
        assertThat(places.objection(null, FromPeer.at("10.0.0.1").field("CF-IPCountry", "CH")))
                .isNull();
        assertThat(places.objection(null, FromPeer.at("10.0.0.1"))).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
    }

    @Test
    void nobody_else_tells_it() {
        FromPeer spoofed = FromPeer.at("192.0.2.1").field("CF-IPCountry", "CH");
        assertThat(byHeader().build().objection(null, spoofed)).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
        FromPeer denied = FromPeer.at("192.0.2.1").field("CF-IPCountry", "US");
        assertThat(byHeader().letUnknownCountriesIn().build().objection(null, denied))
                .isNull();
    }

    @Test
    void a_country_that_is_told_twice_is_not_trusted() {
        Places places = byHeader().letUnknownCountriesIn().build();
        FromPeer twice = FromPeer.at("10.0.0.1").field("CF-IPCountry", "CH").field("CF-IPCountry", "CH");
        assertThat(places.objection(null, twice)).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
        FromPeer inOneField = FromPeer.at("10.0.0.1").field("CF-IPCountry", "XX, US");
        assertThat(places.objection(null, inOneField)).isEqualTo(Reason.LOCATION_NOT_ALLOWED);
    }

    // Settings

    @ParameterizedTest
    @ValueSource(strings = {"UK", "us", "USA", "", "XX", "EU", "United Kingdom"})
    void a_country_that_does_not_exist_stops_the_start(String code) {
        assertThatThrownBy(() -> Places.builder()
                        .deniedCountries(List.of(code))
                        .countryLookup(lookup)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + code + "'");
    }

    @Test
    void settings_that_do_nothing_or_contradict_each_other_stop_the_start() {
        refused(Places.builder().deniedCountries(List.of("US")), "countryLookup");
        refused(byHeader().countryLookup(lookup), "one of");
        refused(Places.builder().countryLookup(lookup), "do nothing");
        refused(Places.builder().countryHeader("CF-IPCountry"), "do nothing");
        refused(byHeader().proxies(TrustedProxies.none()), "proxies(");
        Places.builder().deniedCountries(List.of("XK")).countryLookup(lookup).build();
    }

    private static void refused(Places.Builder settings, String named) {
        assertThatThrownBy(settings::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }
}
