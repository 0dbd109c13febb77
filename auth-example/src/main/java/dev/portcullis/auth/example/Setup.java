package dev.portcullis.auth.example;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.account.InMemoryAccountStore;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.jwt.PublishedKeys;
import dev.portcullis.auth.jwt.TrustedIssuer;
import dev.portcullis.auth.servlet.ErrorFormat;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.keys.LeakServlet;
import dev.portcullis.auth.session.InMemorySessionStore;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.SessionStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a server of the API is to be set up, whatever kind of server it is.
 *
 * @param port where it listens; 0 for any free port
 * @param tokens which tokens are let in; null for none
 * @param keys which API keys are let in; null for none
 * @param routes what the routes require, and how bad credentials are treated there
 * @param words how refusals are written
 * @param kept where sessions are, and how accounts stand
 * @param places from where requests are let in
 */
public record Setup(
        int port,
        @Nullable Tokens tokens,
        @Nullable Keys keys,
        Routes routes,
        Words words,
        Kept kept,
        PlaceSettings places) {

    /** A server at any free port with every other setting at its default. */
    static Setup of(@Nullable Tokens tokens, @Nullable Keys keys) {
        return new Setup(0, tokens, keys, Routes.OWN, Words.DEFAULT, Kept.inMemory(), PlaceSettings.EVERYWHERE);
    }

    /** The same at a port. */
    Setup at(int newPort) {
        return new Setup(newPort, tokens, keys, routes, words, kept, places);
    }

    /** The same with other routes. */
    Setup with(Routes others) {
        return new Setup(port, tokens, keys, others, words, kept, places);
    }

    /** The same in other words. */
    Setup with(Words others) {
        return new Setup(port, tokens, keys, routes, others, kept, places);
    }

    /** The same with sessions and accounts kept elsewhere. */
    Setup with(Kept others) {
        return new Setup(port, tokens, keys, routes, words, others, places);
    }

    /** The same for requests from other places. */
    Setup with(PlaceSettings others) {
        return new Setup(port, tokens, keys, routes, words, kept, others);
    }

    /**
     * Which tokens are let in.
     *
     * @param issuers whose tokens; at least one
     * @param permissionsClaim the claim that holds their permissions
     */
    public record Tokens(List<Issuer> issuers, String permissionsClaim) {

        /** Tokens whose permissions stand where they do by default. */
        static Tokens of(Issuer... issuers) {
            return new Tokens(List.of(issuers), "permissions");
        }
    }

    /**
     * An issuer.
     *
     * @param name the exact {@code iss} of its tokens
     * @param jwks where it publishes its keys
     * @param audiences the names of this API in the tokens' {@code aud}; at least one
     * @param authorizedParties whom tokens may have been issued to; anyone, if none is named
     */
    public record Issuer(String name, URI jwks, List<String> audiences, List<String> authorizedParties) {

        /**
         * Makes of it what Portcullis trusts.
         *
         * @return a new issuer
         * @throws IllegalArgumentException if something about it is wrong
         */
        public TrustedIssuer trusted() {
            return TrustedIssuer.named(name)
                    .jwks(jwks)
                    .audience(audiences.toArray(String[]::new))
                    .authorizedParties(authorizedParties.toArray(String[]::new))
                    .build();
        }
    }

    /**
     * Which API keys are let in.
     *
     * @param store where they are
     * @param environments of which environments; at least one
     * @param lifetimes how long they work
     * @param leakKeys where those publish their keys who report keys that were found in public; null for nobody
     */
    public record Keys(
            APIKeyStore store,
            Set<Environment> environments,
            Lifetimes lifetimes,
            @Nullable URI leakKeys) {

        /** What a key of the API can be given. */
        static final List<String> SCOPES = List.of(
                "catalog:read", "catalog:write", "holdings:read", "holdings:write", "account:read", "trade:write");

        /**
         * What a key of the API can be given.
         *
         * @return the scopes
         */
        public static List<String> scopes() {
            return SCOPES;
        }

        /**
         * What manages them.
         *
         * @param store where they are
         * @return a new service
         */
        public static APIKeys managed(APIKeyStore store) {
            return APIKeys.builder().store(store).scopeCatalogue(SCOPES).build();
        }

        /**
         * What takes reports of keys that were found in public.
         *
         * @param settings how it refuses
         * @return a new servlet, or null if nobody is to report any
         * @throws IllegalArgumentException if the reporters' keys cannot be fetched from there; the message names the
         *     option
         */
        public @Nullable LeakServlet leaks(FilterSettings settings) {
            if (leakKeys == null) {
                return null;
            }
            try {
                return LeakServlet.builder(managed(store), PublishedKeys.at(leakKeys))
                        .settings(settings)
                        .build();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(Option.LEAK_KEYS_URL.flag() + ": " + e.getMessage());
            }
        }
    }

    /**
     * How long API keys work, whatever their own expiry is. What is null is no limit.
     *
     * @param maximumAge of every key
     * @param afterIssue how long after it was issued a key without an allow-list lapses
     * @param afterLastUse how long after its last use a key without an allow-list lapses
     * @param warnedAhead from how long before the end clients are warned; null for never
     */
    public record Lifetimes(
            @Nullable Duration maximumAge,
            @Nullable Duration afterIssue,
            @Nullable Duration afterLastUse,
            @Nullable Duration warnedAhead) {

        /** As long as nothing else says. */
        static final Lifetimes ANY = new Lifetimes(null, null, null, null);

        /**
         * What is usual among exchanges: a key without an allow-list lapses after 90 days, or 60 without
         * a use, and its client is warned a week ahead.
         */
        static final Lifetimes USUAL =
                new Lifetimes(null, Duration.ofDays(90), Duration.ofDays(60), Duration.ofDays(7));

        /** The same, and a greatest age of every key. */
        Lifetimes withMaximumAge(Duration age) {
            return new Lifetimes(age, afterIssue, afterLastUse, warnedAhead);
        }
    }

    /**
     * What the routes require.
     *
     * @param rules what each of them requires; if there are none, what the API's own rules say
     * @param unnamed what the other ones require
     * @param ignoreBadCredentials whether a bad credential does not matter where none is needed
     */
    public record Routes(List<Rule> rules, Requirement unnamed, boolean ignoreBadCredentials) {

        /** The API as it is. */
        static final Routes OWN = new Routes(List.of(), Requirement.nobody(), false);
    }

    /**
     * What some routes require.
     *
     * @param hosts the hosts that serve them; every host, if none is named
     * @param methods their methods, separated by commas
     * @param path their paths
     * @param requirement what it takes
     * @param kinds which kinds of credential they accept; every kind, if none is named
     */
    public record Rule(
            List<String> hosts, String methods, String path, Requirement requirement, List<CredentialKind> kinds) {

        static Rule of(String methods, String path, Requirement requirement, CredentialKind... kinds) {
            return new Rule(List.of(), methods, path, requirement, List.of(kinds));
        }

        /** The same on one host alone. */
        Rule on(String host) {
            return new Rule(List.of(host), methods, path, requirement, kinds);
        }
    }

    /**
     * Where sessions are, how accounts stand, how often somebody may log in, and what requests can be signed with.
     *
     * @param sessions the store of sessions
     * @param accounts the store of accounts
     * @param limits how often somebody may log in
     * @param signing what lets signed requests in
     */
    public record Kept(SessionStore sessions, AccountStore accounts, LoginLimits limits, Signing signing) {

        /**
         * All of it in memory, and gone with the server.
         *
         * @return new stores
         */
        public static Kept inMemory() {
            return new Kept(
                    new InMemorySessionStore(), new InMemoryAccountStore(), LoginLimits.usual(), Signing.inMemory());
        }

        /** The same with other signed requests. */
        Kept with(Signing others) {
            return new Kept(sessions, accounts, limits, others);
        }
    }

    /**
     * How refusals are written.
     *
     * @param format the form of their bodies
     * @param realm the realm of the challenge; null for none
     */
    public record Words(ErrorFormat format, @Nullable String realm) {

        static final Words DEFAULT = new Words(ErrorFormat.DETAIL, null);
    }
}
