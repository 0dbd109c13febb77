package dev.portcullis.auth.jwt;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An issuer whose tokens are let in: its exact name, where its keys are published, and for whom its tokens must be
 * meant. Its keys never verify a token of another issuer.
 */
public final class TrustedIssuer {

    private final ClaimRules rules;
    private final PublishedKeys keys;

    private TrustedIssuer(ClaimRules rules, PublishedKeys keys) {
        this.rules = rules;
        this.keys = keys;
    }

    /**
     * Starts to describe an issuer.
     *
     * @param issuer the exact value of {@code iss} (RFC 7519 section 4.1.1), such as {@code https://issuer.example}
     * @return a builder
     */
    public static Builder named(String issuer) {
        return new Builder(issuer);
    }

    /**
     * The exact value of {@code iss}.
     *
     * @return the issuer's name
     */
    public String issuer() {
        return rules.issuer();
    }

    ClaimRules rules() {
        return rules;
    }

    PublishedKeys keys() {
        return keys;
    }

    @Override
    public String toString() {
        return "TrustedIssuer[" + rules.issuer() + "]";
    }

    /** Describes an issuer. */
    public static final class Builder {

        private final String issuer;
        private final Set<String> audiences = new LinkedHashSet<>();
        private final Set<String> authorizedParties = new LinkedHashSet<>();
        private boolean anyAudience;
        private @Nullable URI jwks;
        private @Nullable PublishedKeys keys;

        private Builder(String issuer) {
            this.issuer = issuer;
        }

        /**
         * Where the issuer publishes its JWK Set (RFC 7517 section 5), with the usual settings for fetching it.
         *
         * @param url an {@code https} URL; {@code http} only on the loopback interface
         * @return this builder
         */
        public Builder jwks(URI url) {
            this.jwks = url;
            return this;
        }

        /**
         * The issuer's published keys, with settings of their own. Closed with the {@link JWKSAuthentication} that
         * trusts the issuer.
         *
         * @param published the keys
         * @return this builder
         */
        public Builder keys(PublishedKeys published) {
            this.keys = published;
            return this;
        }

        /**
         * The audiences of this API (RFC 7519 section 4.1.3): a token must be meant for at least one of them.
         *
         * @param accepted exact values
         * @return this builder
         */
        public Builder audience(String... accepted) {
            audiences.addAll(List.of(accepted));
            return this;
        }

        /**
         * Lets in tokens whatever their {@code aud} is, also without one. For issuers that mint tokens for one API
         * alone: otherwise a token that was meant for another API opens this one.
         *
         * @return this builder
         */
        public Builder acceptAnyAudience() {
            this.anyAudience = true;
            return this;
        }

        /**
         * The parties to whom a token may have been issued, by {@code azp} (OpenID Connect Core section 2). When none
         * is named, {@code azp} is not looked at.
         *
         * @param accepted exact values, such as the origin of a front end
         * @return this builder
         */
        public Builder authorizedParties(String... accepted) {
            authorizedParties.addAll(List.of(accepted));
            return this;
        }

        /**
         * The issuer.
         *
         * @return the issuer
         * @throws IllegalArgumentException if a setting is missing, or two contradict each other
         */
        public TrustedIssuer build() {
            require(!issuer.isBlank(), "An issuer has no name: give the exact iss of its tokens");
            require(
                    anyAudience || !audiences.isEmpty(),
                    "The issuer " + issuer + " has no audience: name this API with audience(…), or say"
                            + " acceptAnyAudience() if the issuer's tokens are for this API alone");
            require(
                    !anyAudience || audiences.isEmpty(),
                    "The issuer " + issuer + " has both audience(…) and acceptAnyAudience(): keep one");
            require(
                    audiences.stream().noneMatch(String::isBlank)
                            && authorizedParties.stream().noneMatch(String::isBlank),
                    "The issuer " + issuer + " has a blank audience or authorized party");
            Set<String> accepted = anyAudience ? null : Set.copyOf(audiences);
            ClaimRules rules = new ClaimRules(issuer, accepted, Set.copyOf(authorizedParties));
            return new TrustedIssuer(rules, publishedKeys());
        }

        private PublishedKeys publishedKeys() {
            if (keys == null && jwks != null) {
                return PublishedKeys.at(jwks).build();
            }
            if (keys == null || jwks != null) {
                throw new IllegalArgumentException("The issuer " + issuer
                        + " needs its keys, once: jwks(…) for the URL of its JWK Set, or keys(…)");
            }
            return keys;
        }

        private static void require(boolean met, String otherwise) {
            if (!met) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }
}
