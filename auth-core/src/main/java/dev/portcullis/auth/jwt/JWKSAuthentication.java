package dev.portcullis.auth.jwt;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.EnginePool;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PresentedCredentials;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets in RS256 JSON Web Tokens sent as Bearer tokens (RFC 6750 section 2.1), checked against the keys that their
 * issuer publishes as a JWK Set (RFC 7517).
 *
 * <p>The profile is strict (RFC 8725): a token has one spelling, one algorithm and a bounded size; its claims are looked
 * at only after its signature has been verified; keys come from the configured URL alone.
 *
 * <p>Safe for use by many threads at once.
 */
public final class JWKSAuthentication implements AuthenticationMethod, AutoCloseable {

    private final Map<String, TrustedIssuer> issuers;
    private final @Nullable TrustedIssuer onlyIssuer;
    private final List<String> permissionsClaims;
    private final String apiKeyPrefix;
    private final int maximumLength;
    private final double skew;
    private final InstantSource clock;
    private final @Nullable TokenCache cache;
    private final EnginePool<UnverifiedToken> buffers;

    private JWKSAuthentication(Builder settings) {
        this.issuers = Map.copyOf(settings.issuers);
        this.onlyIssuer = issuers.size() == 1 ? issuers.values().iterator().next() : null;
        this.permissionsClaims = List.copyOf(settings.permissionsClaims);
        this.apiKeyPrefix = settings.apiKeyPrefix + "_";
        int length = settings.maximumLength;
        this.maximumLength = length;
        this.skew = settings.clockSkew.toMillis() / 1000.0;
        this.clock = settings.clock;
        this.buffers = new EnginePool<>(() -> new UnverifiedToken(length));
        TokenCache tokens = settings.cachedTokens == 0 ? null : new TokenCache(settings.cachedTokens);
        this.cache = tokens;
        if (tokens != null) {
            issuers.values().forEach(issuer -> issuer.keys().onChange(keys -> tokens.dropWithdrawn(issuer, keys)));
        }
    }

    /**
     * Starts to describe which tokens are let in.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuthUnavailableException if there are no usable keys to check a token with
     */
    @Override
    public Outcome authenticate(AuthRequest request) {
        PresentedCredentials sent = request.credentials();
        Reason fault = sent.fault();
        if (fault != null) {
            return Outcome.rejected(fault, null);
        }
        SecretText token = sent.bearer();
        if (token == null || token.startsWith(apiKeyPrefix)) {
            return Outcome.notApplicable();
        }
        if (sent.apiKey() != null) {
            return Outcome.rejected(Reason.MORE_THAN_ONE_CREDENTIAL, null);
        }
        try {
            return judge(token);
        } catch (TokenRejection rejection) {
            return Outcome.rejected(rejection.reason(), CredentialKind.JWT);
        }
    }

    private Outcome judge(SecretText token) throws TokenRejection {
        if (token.length() > maximumLength) {
            throw new TokenRejection(Reason.MALFORMED_TOKEN);
        }
        if (cache == null) {
            return accept(token).outcome();
        }
        SHA256 hash = SHA256.of(token);
        AcceptedToken known = cache.find(hash);
        if (known != null && known.issuer().keys().isCurrent(known.key())) {
            double now = now();
            if (known.hasExpired(now)) {
                cache.drop(hash);
            }
            return known.again(now, skew);
        }
        AcceptedToken accepted = accept(token);
        cache.keep(hash, accepted, now());
        return accepted.outcome();
    }

    private double now() {
        return clock.millis() / 1000.0;
    }

    /** The whole way of a token: form, header, key, signature, claims. */
    private AcceptedToken accept(SecretText text) throws TokenRejection {
        UnverifiedToken token = buffers.take();
        try {
            token.read(text);
            TrustedIssuer issuer = issuerOf(token);
            VerifiedToken verified = token.verify(keyOf(token.header(), issuer));
            issuer.rules().check(verified.claims(), now(), skew);
            Outcome outcome = Outcome.authenticated(caller(verified.claims()));
            return new AcceptedToken(verified, issuer, outcome, text.length());
        } finally {
            token.clear();
            buffers.giveBack(token);
        }
    }

    private TrustedIssuer issuerOf(UnverifiedToken token) throws TokenRejection {
        if (onlyIssuer != null) {
            return onlyIssuer;
        }
        String claimed = token.claimedIssuer();
        TrustedIssuer issuer = claimed == null ? null : issuers.get(claimed);
        if (issuer == null) {
            throw new TokenRejection(Reason.INVALID_ISSUER);
        }
        return issuer;
    }

    private static SigningKey keyOf(TokenHeader header, TrustedIssuer issuer) throws TokenRejection {
        SigningKey key = header.canNameKey() ? issuer.keys().find(header.keyID()) : null;
        if (key == null) {
            throw new TokenRejection(Reason.UNKNOWN_SIGNING_KEY);
        }
        return key;
    }

    private Caller caller(Claims claims) {
        List<String> granted = new ArrayList<>();
        for (String claim : permissionsClaims) {
            claims.addPermissions(claim, granted);
        }
        return Caller.of(CredentialKind.JWT, claims.subject(), granted, claims.asAttributes());
    }

    /**
     * What the memory of tokens has been good for.
     *
     * @return the figures so far; zeros if none are remembered
     */
    public TokenStatistics statistics() {
        return cache == null ? TokenStatistics.NONE : cache.statistics();
    }

    /**
     * How it stands with the keys of all issuers.
     *
     * @return the status of each by the issuer's name, in the order of these
     */
    public Map<String, KeyStatus> keyStatus() {
        Map<String, KeyStatus> all = new TreeMap<>();
        issuers.forEach((name, issuer) -> all.put(name, issuer.keys().status()));
        return all;
    }

    /** Stops fetching the keys of all issuers. */
    @Override
    public void close() {
        issuers.values().forEach(issuer -> issuer.keys().close());
    }

    @Override
    public String toString() {
        return "JWKSAuthentication" + issuers.keySet();
    }

    /** Describes which tokens are let in. */
    public static final class Builder {

        private static final Duration LARGEST_SKEW = Duration.ofMinutes(5);
        private static final int SMALLEST_LENGTH = 512;
        private static final int LARGEST_LENGTH = 256 * 1024;

        private final Map<String, TrustedIssuer> issuers = new HashMap<>();
        private Set<String> permissionsClaims = Set.of("permissions");
        private String apiKeyPrefix = "grd";
        private int maximumLength = 16 * 1024;
        private int cachedTokens = 20_000;
        private Duration clockSkew = Duration.ofSeconds(5);
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Trusts an issuer. With several, the {@code iss} of a token chooses whose keys it is checked against.
         *
         * @param issuer the issuer
         * @return this builder
         * @throws IllegalArgumentException if an issuer of that name is trusted already
         */
        public Builder trust(TrustedIssuer issuer) {
            if (issuers.putIfAbsent(issuer.issuer(), issuer) != null) {
                throw new IllegalArgumentException("The issuer " + issuer.issuer() + " is trusted twice: keep one");
            }
            return this;
        }

        /**
         * The claims that grant permissions: each a list of strings, or one space-separated string.
         *
         * @param names claim names, such as {@code scope} or {@code scp}; {@code permissions} unless given
         * @return this builder
         */
        public Builder permissionsClaim(String... names) {
            this.permissionsClaims = new LinkedHashSet<>(List.of(names));
            return this;
        }

        /**
         * How API keys begin here: Bearer credentials that start with this and an underscore are not tokens, and are
         * left to the next method. Give {@code APIKeyAuthentication} the same prefix, or its keys are taken for tokens.
         *
         * @param prefix the prefix without its underscore; {@code grd} unless given
         * @return this builder
         */
        public Builder apiKeyPrefix(String prefix) {
            this.apiKeyPrefix = prefix;
            return this;
        }

        /**
         * How long a token may be.
         *
         * @param characters from 512 to 262,144; 16,384 unless given
         * @return this builder
         */
        public Builder maximumTokenLength(int characters) {
            this.maximumLength = characters;
            return this;
        }

        /**
         * How far {@code nbf} and {@code iat} may lie in the future. {@code exp} has no grace.
         *
         * @param skew at most 5 minutes; 5 seconds unless given
         * @return this builder
         */
        public Builder clockSkew(Duration skew) {
            this.clockSkew = skew;
            return this;
        }

        /**
         * How many tokens that were let in are remembered, so that their signatures need no second check. A token
         * counts once for each started kibibyte; one of 800 characters takes about 3 KB of memory.
         *
         * @param tokens 0 to remember none; 20,000 unless given
         * @return this builder
         */
        public Builder cachedTokens(int tokens) {
            this.cachedTokens = tokens;
            return this;
        }

        /**
         * What time it is.
         *
         * @param source a clock; the system's unless given
         * @return this builder
         */
        public Builder clock(InstantSource source) {
            this.clock = source;
            return this;
        }

        /**
         * The authentication method.
         *
         * @return the method
         * @throws IllegalArgumentException if a setting is missing or out of range
         */
        public JWKSAuthentication build() {
            require(!issuers.isEmpty(), "No issuer is trusted: name one with trust(TrustedIssuer)");
            require(
                    !permissionsClaims.isEmpty() && permissionsClaims.stream().noneMatch(String::isBlank),
                    "permissionsClaim needs the name of at least one claim, and no blank one");
            require(
                    apiKeyPrefix.matches("[a-z][a-z0-9]*"),
                    "apiKeyPrefix must be lower-case letters and digits, such as grd");
            require(
                    maximumLength >= SMALLEST_LENGTH && maximumLength <= LARGEST_LENGTH,
                    "maximumTokenLength must be from " + SMALLEST_LENGTH + " to " + LARGEST_LENGTH + " characters");
            require(
                    !clockSkew.isNegative() && clockSkew.compareTo(LARGEST_SKEW) <= 0,
                    "clockSkew must be from 0 to 5 minutes");
            require(cachedTokens >= 0, "cachedTokens must be 0, for no cache, or positive");
            return new JWKSAuthentication(this);
        }

        private static void require(boolean met, String otherwise) {
            if (!met) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }
}
