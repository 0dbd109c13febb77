package dev.portcullis.auth.place;

import dev.portcullis.auth.Admission;
import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.IPAddress;
import dev.portcullis.auth.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in by where they come from: first by country, for everybody, then by address, for callers whose credential
 * is tied to some ({@code ip_allowlist} among the caller's attributes).
 *
 * <p>A client whose address is not known, or that a trusted proxy tells two things about, is in no country and on no list:
 * it is refused wherever either is asked for.
 */
public final class Places implements Admission {

    private static final String ALLOW_LIST = "ip_allowlist";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final TrustedProxies proxies;
    private final Set<String> denied;
    private final @Nullable CountryLookup lookup;
    private final @Nullable String header;
    private final boolean unknownLetIn;
    private final boolean onlyCallers;
    private final boolean addressesAtLogin;
    private final boolean countriesAtLogin;

    private Places(Builder settings) {
        this.proxies = settings.proxies;
        this.denied = settings.denied;
        this.lookup = settings.lookup;
        this.header = settings.header == null ? null : settings.header.toLowerCase(Locale.ROOT);
        this.unknownLetIn = settings.unknownLetIn;
        this.onlyCallers = settings.onlyCallers;
        this.addressesAtLogin = settings.addressesAtLogin;
        this.countriesAtLogin = settings.countriesAtLogin;
    }

    /**
     * Starts the settings.
     *
     * @return a builder that, as it stands, checks the addresses of callers alone
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuthUnavailableException if the country could not be looked up
     */
    @Override
    public @Nullable Reason objection(@Nullable Caller caller, AuthRequest request) {
        boolean hasLoggedIn = caller != null && caller.kind() == CredentialKind.SESSION;
        boolean byCountry = !denied.isEmpty() && !(hasLoggedIn && countriesAtLogin) && !(caller == null && onlyCallers);
        AllowList list = listOf(caller);
        boolean byAddress = !list.isEverywhere() && !(hasLoggedIn && addressesAtLogin);
        if (!byCountry && !byAddress) {
            return null;
        }
        IPAddress client = clientOf(request);
        if (byCountry && isDenied(client, request)) {
            return Reason.LOCATION_NOT_ALLOWED;
        }
        return byAddress && !list.allows(client) ? Reason.ADDRESS_NOT_ALLOWED : null;
    }

    private static AllowList listOf(@Nullable Caller caller) {
        return caller != null && caller.attributes().get(ALLOW_LIST) instanceof AllowList list
                ? list
                : AllowList.everywhere();
    }

    /**
     * The address of the client.
     *
     * @param request the request
     * @return the address, or null if it is not known
     */
    public @Nullable IPAddress clientOf(AuthRequest request) {
        return proxies.clientOf(request);
    }

    /**
     * What a trusted header says twice is not trusted, in two fields or in one (RFC 9110 section 5.3): the proxy has added
     * to what the client sent.
     */
    private boolean isDenied(@Nullable IPAddress client, AuthRequest request) {
        if (client == null) {
            return true;
        }
        String country;
        if (header == null) {
            country = lookUp(client);
        } else {
            List<String> said = proxies.sent(request) ? request.headers(header) : List.of();
            country = said.isEmpty() ? null : said.get(0).strip();
            if (said.size() > 1 || (country != null && country.indexOf(',') >= 0)) {
                return true;
            }
        }
        String code = country == null ? null : Countries.read(country);
        return code == null ? !unknownLetIn : denied.contains(code);
    }

    private @Nullable String lookUp(IPAddress client) {
        if (lookup == null) {
            return null;
        }
        try {
            return lookup.countryOf(client);
        } catch (AuthUnavailableException e) {
            throw e;
        } catch (Exception e) {
            throw new AuthUnavailableException(Reason.COUNTRY_UNAVAILABLE, RETRY_AFTER, e);
        }
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {

        private TrustedProxies proxies = TrustedProxies.none();
        private Set<String> denied = Set.of();
        private @Nullable CountryLookup lookup;
        private @Nullable String header;
        private boolean unknownLetIn;
        private boolean onlyCallers;
        private boolean addressesAtLogin;
        private boolean countriesAtLogin;

        private Builder() {}

        /**
         * Sets whose word is taken for where a request comes from.
         *
         * @param proxies none unless given
         * @return this builder
         */
        public Builder proxies(TrustedProxies proxies) {
            this.proxies = proxies;
            return this;
        }

        /**
         * Sets the countries from which nobody is let in.
         *
         * @param codes none unless given; two capital letters each, of ISO 3166-1 (the United Kingdom is {@code GB})
         * @return this builder
         */
        public Builder deniedCountries(Collection<String> codes) {
            this.denied = Set.copyOf(codes);
            return this;
        }

        /**
         * Sets what knows in which country an address is. Not together with {@link #countryHeader}.
         *
         * @param lookup required, or a header is, if countries are denied
         * @return this builder
         */
        public Builder countryLookup(CountryLookup lookup) {
            this.lookup = lookup;
            return this;
        }

        /**
         * Sets the header in which a trusted proxy tells the client's country. From anybody else it is ignored.
         *
         * @param name the header's name, such as {@code CF-IPCountry}
         * @return this builder
         */
        public Builder countryHeader(String name) {
            this.header = name;
            return this;
        }

        /**
         * Lets clients in whose country is not known although their address is. Unless set, they are refused if any
         * country is denied.
         *
         * @return this builder
         */
        public Builder letUnknownCountriesIn() {
            this.unknownLetIn = true;
            return this;
        }

        /**
         * Judges callers alone by country. Unless set, requests without a credential are judged too, also on routes that
         * are open to anyone.
         *
         * @return this builder
         */
        public Builder onlyCallersByCountry() {
            this.onlyCallers = true;
            return this;
        }

        /**
         * Judges a session by address when it is opened and not again. Unless set, each request is judged. A key that is
         * used without a session is judged at each request either way.
         *
         * @return this builder
         */
        public Builder addressesOnlyAtLogin() {
            this.addressesAtLogin = true;
            return this;
        }

        /**
         * Judges a session by country when it is opened and not again. Unless set, each request is judged.
         *
         * @return this builder
         */
        public Builder countriesOnlyAtLogin() {
            this.countriesAtLogin = true;
            return this;
        }

        /**
         * Makes the admission.
         *
         * @return the admission
         * @throws IllegalArgumentException if settings are missing or contradict each other; says which, and the remedy
         */
        public Places build() {
            denied.forEach(Countries::check);
            if (!denied.isEmpty() && (lookup == null) == (header == null)) {
                throw new IllegalArgumentException(
                        "deniedCountries(…) needs one of countryLookup(…) and countryHeader(…)");
            }
            if (denied.isEmpty() && (lookup != null || header != null)) {
                throw new IllegalArgumentException(
                        "countryLookup(…) and countryHeader(…) do nothing without deniedCountries(…)");
            }
            if (header != null && proxies.trustsNobody()) {
                throw new IllegalArgumentException(
                        "countryHeader(…) is taken from trusted proxies only: name them with proxies(…)");
            }
            return new Places(this);
        }
    }
}
