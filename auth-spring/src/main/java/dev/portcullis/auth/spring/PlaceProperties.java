package dev.portcullis.auth.spring;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What stands under {@code portcullis.places}: from where requests are let in. Keys that are tied to addresses are judged
 * by address whatever is said here.
 *
 * @param trustedProxies The proxies, by address or CIDR block, whose word is taken for where a request comes from.
 * @param forwardingHeader The one header that these proxies write; both, which must tell the same, unless given.
 * @param deniedCountries The countries from which nobody is let in, by their two letters, such as GB.
 * @param countryDatabase The file, in MaxMind's format, that knows which address is in which country.
 * @param countryHeader The header in which a trusted proxy tells the country.
 * @param letUnknownCountriesIn Whether clients are let in whose country is not known.
 * @param onlyCallersByCountry Whether requests without a credential are let in from everywhere.
 * @param addressesOnlyAtLogin Whether a session is judged by address when it is opened, and not again.
 * @param countriesOnlyAtLogin Whether a session is judged by country when it is opened, and not again.
 */
record PlaceProperties(
        @DefaultValue List<String> trustedProxies,
        @Nullable ForwardingHeader forwardingHeader,
        @DefaultValue List<String> deniedCountries,
        @Nullable Path countryDatabase,
        @Nullable String countryHeader,
        @DefaultValue("false") boolean letUnknownCountriesIn,
        @DefaultValue("false") boolean onlyCallersByCountry,
        @DefaultValue("false") boolean addressesOnlyAtLogin,
        @DefaultValue("false") boolean countriesOnlyAtLogin) {

    /** The headers in which proxies tell for whom they act. */
    enum ForwardingHeader {
        /** Forwarded (RFC 7239). */
        FORWARDED,
        /** X-Forwarded-For. */
        X_FORWARDED_FOR
    }
}
