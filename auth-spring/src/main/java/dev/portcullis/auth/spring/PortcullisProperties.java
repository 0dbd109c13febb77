package dev.portcullis.auth.spring;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.servlet.ErrorFormat;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What stands under {@code portcullis}. An unknown name stops the start, for it would leave a check out in silence.
 *
 * @param mode how Portcullis stands in the application; Spring Security where that is on the class path, unless given
 * @param jwt whose tokens are let in
 * @param apiKeys which API keys are let in
 * @param rules what each route requires
 * @param unnamedRoutes what routes require that no rule names
 * @param errors how refusals are written
 * @param events which decisions are published as application events
 * @param letPreflightPass whether CORS preflight requests go on without a caller
 * @param ignoreBadCredentialsOnOpenRoutes whether a bad credential is overlooked where everybody may go
 */
@ConfigurationProperties(prefix = "portcullis", ignoreUnknownFields = false)
record PortcullisProperties(
        @Nullable Mode mode,
        @DefaultValue JWT jwt,
        @DefaultValue APIKeys apiKeys,
        @DefaultValue List<Rule> rules,
        @Nullable Access unnamedRoutes,
        @DefaultValue Errors errors,
        @DefaultValue("refusals") Events events,
        @DefaultValue("false") boolean letPreflightPass,
        @DefaultValue("false") boolean ignoreBadCredentialsOnOpenRoutes) {

    /** How Portcullis stands in the application. */
    enum Mode {
        /** Inside Spring Security. */
        SECURITY,
        /** As servlet filters of its own, before Spring Security if there is one. */
        FILTERS
    }

    /** Who may go on, whatever they hold. */
    enum Access {
        /** Everybody, signed in or not. */
        ANYONE,
        /** Every authenticated caller. */
        SIGNED_IN,
        /** Nobody. */
        NOBODY
    }

    /** Which decisions are published as application events. */
    enum Events {
        /** What was refused, or could not be checked. */
        REFUSALS,
        /** Every outcome and every decision. */
        ALL,
        /** None. */
        NONE
    }

    /**
     * Whose tokens are let in: one issuer by its own properties, or several as a list.
     *
     * @param issuer the exact {@code iss} of the tokens, such as {@code https://issuer.example}
     * @param jwksUri the URL of the issuer's JWK Set
     * @param audience the names of this API in the tokens' {@code aud}; a token must name one
     * @param anyAudience lets tokens in whatever their {@code aud}
     * @param authorizedParties the parties to whom a token may have been issued, by {@code azp}; all, unless given
     * @param issuers several issuers, instead of the properties above
     * @param clockSkew how far {@code nbf} and {@code iat} may lie in the future; 5 s unless given
     * @param permissionsClaim the claims that grant permissions; {@code permissions} unless given
     * @param maximumTokenLength how long a token may be, in characters; 16,384 unless given
     * @param cachedTokens how many tokens that were let in are remembered; 20,000 unless given
     * @param fetch how JWK Sets are fetched
     */
    record JWT(
            @Nullable String issuer,
            @Nullable String jwksUri,
            @DefaultValue List<String> audience,
            @DefaultValue("false") boolean anyAudience,
            @DefaultValue List<String> authorizedParties,
            @DefaultValue List<Issuer> issuers,
            @Nullable Duration clockSkew,
            @DefaultValue List<String> permissionsClaim,
            @Nullable Integer maximumTokenLength,
            @Nullable Integer cachedTokens,
            @DefaultValue Fetch fetch) {

        /** The one issuer that is described outside the list. */
        Issuer own() {
            return new Issuer(issuer, jwksUri, audience, anyAudience, authorizedParties);
        }
    }

    /**
     * One of several issuers.
     *
     * @param issuer the exact {@code iss} of its tokens
     * @param jwksUri the URL of its JWK Set
     * @param audience the names of this API in the tokens' {@code aud}; a token must name one
     * @param anyAudience lets tokens in whatever their {@code aud}
     * @param authorizedParties the parties to whom a token may have been issued, by {@code azp}; all, unless given
     */
    record Issuer(
            @Nullable String issuer,
            @Nullable String jwksUri,
            @DefaultValue List<String> audience,
            @DefaultValue("false") boolean anyAudience,
            @DefaultValue List<String> authorizedParties) {

        boolean isGiven() {
            return issuer != null
                    || jwksUri != null
                    || anyAudience
                    || !audience.isEmpty()
                    || !authorizedParties.isEmpty();
        }
    }

    /**
     * How JWK Sets are fetched.
     *
     * @param timeout how long one fetch can take in all; 3 s unless given
     * @param minimumFreshness the least time that keys are fresh; 1 min unless given
     * @param defaultFreshness how long keys are fresh when the issuer does not say; 5 min unless given
     * @param maximumFreshness the most time that keys are fresh; 1 h unless given
     * @param maximumStaleness how long after their fetch keys are used while the issuer is down; 24 h unless given
     * @param unknownKeyCooldown how long one fetch for an unknown {@code kid} forbids another; 30 s unless given
     * @param maximumSize the largest document that is read; 256 KB unless given
     * @param maximumKeys the most keys that a set can hold; 100 unless given
     * @param maximumWaiters how many threads can wait for a fetch at once; 128 unless given
     */
    record Fetch(
            @Nullable Duration timeout,
            @Nullable Duration minimumFreshness,
            @Nullable Duration defaultFreshness,
            @Nullable Duration maximumFreshness,
            @Nullable Duration maximumStaleness,
            @Nullable Duration unknownKeyCooldown,
            @Nullable DataSize maximumSize,
            @Nullable Integer maximumKeys,
            @Nullable Integer maximumWaiters) {}

    /**
     * Which API keys are let in.
     *
     * @param enabled whether API keys are let in; where there is an {@code APIKeyStore} bean, unless given
     * @param prefix what keys begin with; {@code grd} unless given
     * @param environments which keys are accepted here; all, unless given
     * @param maximumKeyAge the greatest age of a key, whatever its own expiry is; no limit unless given
     */
    record APIKeys(
            @Nullable Boolean enabled,
            @Nullable String prefix,
            @DefaultValue List<Environment> environments,
            @Nullable Duration maximumKeyAge) {}

    /**
     * What one route requires: permissions, or exactly one of {@code anonymous}, {@code signed-in} and {@code nobody}.
     *
     * @param methods the HTTP methods, such as {@code GET}; every method, unless given
     * @param path the path, such as <code>/api/v1/leagues/{id}</code> or {@code /api/v1/leagues/**}
     * @param permissions exact permission strings, all of which are required
     * @param anonymous opens the route to everybody
     * @param signedIn opens the route to every authenticated caller
     * @param nobody closes the route
     * @param kinds the kinds of credential that the route accepts; every kind, unless given
     */
    record Rule(
            @DefaultValue("*") List<String> methods,
            @Nullable String path,
            @DefaultValue List<String> permissions,
            @DefaultValue("false") boolean anonymous,
            @DefaultValue("false") boolean signedIn,
            @DefaultValue("false") boolean nobody,
            @DefaultValue List<CredentialKind> kinds) {}

    /**
     * How refusals are written.
     *
     * @param format the form of their bodies
     * @param realm the {@code realm} of the challenge to a request without a credential; none unless given
     */
    record Errors(
            @DefaultValue("detail") ErrorFormat format,
            @Nullable String realm) {}
}
