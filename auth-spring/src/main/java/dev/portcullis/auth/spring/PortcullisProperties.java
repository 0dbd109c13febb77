package dev.portcullis.auth.spring;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.servlet.ErrorFormat;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What stands under {@code portcullis}. An unknown name stops the start, for it would leave a check out in silence.
 *
 * @param mode How Portcullis stands in the application; Spring Security where that is on the class path, unless given.
 * @param jwt Whose tokens are let in.
 * @param apiKeys Which API keys are let in, where they are kept, and who manages them.
 * @param sessions Sessions: how they travel, how long they last, and where they are opened and ended.
 * @param places From where requests are let in.
 * @param accounts How accounts stand.
 * @param signatures Which signed requests are let in, and who manages their keys.
 * @param redis The Redis that nodes share, where anything is kept in one.
 * @param rules What each route requires.
 * @param otherHostsServeAll Whether hosts that no rule names serve all routes.
 * @param unnamedRoutes What routes require that no rule names.
 * @param errors How refusals are written.
 * @param events Which decisions are published as application events.
 * @param letPreflightPass Whether CORS preflight requests go on without a caller.
 * @param ignoreBadCredentialsOnOpenRoutes Whether a bad credential is overlooked where everybody may go.
 */
@ConfigurationProperties(prefix = "portcullis", ignoreUnknownFields = false)
record PortcullisProperties(
        @Nullable Mode mode,
        @DefaultValue JWT jwt,
        @NestedConfigurationProperty @DefaultValue APIKeyProperties apiKeys,
        @NestedConfigurationProperty @DefaultValue SessionProperties sessions,
        @NestedConfigurationProperty @DefaultValue PlaceProperties places,
        @NestedConfigurationProperty @DefaultValue AccountProperties accounts,
        @NestedConfigurationProperty @DefaultValue SignatureProperties signatures,
        @NestedConfigurationProperty @DefaultValue RedisProperties redis,
        @DefaultValue List<Rule> rules,
        @DefaultValue("false") boolean otherHostsServeAll,
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
     * @param issuer The exact iss of the tokens, such as https://issuer.example.
     * @param jwksUri The URL of the issuer's JWK Set.
     * @param audience The names of this API in the tokens' aud; a token must name one.
     * @param anyAudience Lets tokens in whatever their aud.
     * @param authorizedParties The parties to whom a token may have been issued, by azp; all, unless given.
     * @param issuers Several issuers, instead of the properties above.
     * @param clockSkew How far nbf and iat may lie in the future; 5 s unless given.
     * @param permissionsClaim The claims that grant permissions; permissions unless given.
     * @param maximumTokenLength How long a token may be, in characters; 16,384 unless given.
     * @param cachedTokens How many tokens that were let in are remembered; 20,000 unless given.
     * @param fetch How JWK Sets are fetched.
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
     * @param issuer The exact iss of its tokens.
     * @param jwksUri The URL of its JWK Set.
     * @param audience The names of this API in the tokens' aud; a token must name one.
     * @param anyAudience Lets tokens in whatever their aud.
     * @param authorizedParties The parties to whom a token may have been issued, by azp; all, unless given.
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
     * @param timeout How long one fetch can take in all; 3 s unless given.
     * @param minimumFreshness The least time that keys are fresh; 1 min unless given.
     * @param defaultFreshness How long keys are fresh when the issuer does not say; 5 min unless given.
     * @param maximumFreshness The most time that keys are fresh; 1 h unless given.
     * @param maximumStaleness How long after their fetch keys are used while the issuer is down; 24 h unless given.
     * @param unknownKeyCooldown How long one fetch for an unknown kid forbids another; 30 s unless given.
     * @param maximumSize The largest document that is read; 256 KB unless given.
     * @param maximumKeys The most keys that a set can hold; 100 unless given.
     * @param maximumWaiters How many threads can wait for a fetch at once; 128 unless given.
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
     * What one route requires: permissions, or exactly one of {@code anonymous}, {@code signed-in} and {@code nobody}.
     *
     * @param methods The HTTP methods, such as GET; every method, unless given.
     * @param path The path, such as /api/v1/leagues/{id} or /api/v1/leagues/**.
     * @param permissions Exact permission strings, all of which are required.
     * @param anonymous Opens the route to everybody.
     * @param signedIn Opens the route to every authenticated caller.
     * @param nobody Closes the route.
     * @param kinds The kinds of credential that the route accepts; every kind, unless given.
     * @param hosts The hosts that serve the route; every host, unless given.
     */
    record Rule(
            @DefaultValue("*") List<String> methods,
            @Nullable String path,
            @DefaultValue List<String> permissions,
            @DefaultValue("false") boolean anonymous,
            @DefaultValue("false") boolean signedIn,
            @DefaultValue("false") boolean nobody,
            @DefaultValue List<CredentialKind> kinds,
            @DefaultValue List<String> hosts) {}

    /**
     * How refusals are written.
     *
     * @param format The form of their bodies.
     * @param realm The realm of the challenge to a request without a credential; none unless given.
     * @param byPath Other forms for some paths.
     */
    record Errors(
            @DefaultValue("detail") ErrorFormat format,
            @Nullable String realm,
            @DefaultValue List<PathErrors> byPath) {}

    /**
     * How refusals are written on some paths. Where a path is named twice, the first one counts.
     *
     * @param format The form of their bodies.
     * @param paths The paths, such as /full/**.
     */
    record PathErrors(
            @Nullable ErrorFormat format, @DefaultValue List<String> paths) {}
}
