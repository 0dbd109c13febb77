package dev.portcullis.auth.servlet;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.TrustedIssuer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The authentication method that init-params describe: the application's own from the context, or tokens of one issuer,
 * API keys, or both. What is made here is closed here.
 */
final class DeclaredMethod {

    static final String JWKS_URL = "jwks-url";
    static final String ISSUER = "issuer";
    static final String AUDIENCE = "audience";
    static final String AUTHORIZED_PARTIES = "authorized-parties";
    static final String ENVIRONMENTS = "environments";

    static final Set<String> NAMES = Set.of(JWKS_URL, ISSUER, AUDIENCE, AUTHORIZED_PARTIES, ENVIRONMENTS);

    private final AuthenticationMethod method;
    private final @Nullable APIKeyAuthentication keys;
    private final @Nullable JWKSAuthentication tokens;

    private DeclaredMethod(
            AuthenticationMethod method, @Nullable APIKeyAuthentication keys, @Nullable JWKSAuthentication tokens) {
        this.method = method;
        this.keys = keys;
        this.tokens = tokens;
    }

    static DeclaredMethod read(InitParameters parameters) {
        List<String> given = NAMES.stream()
                .sorted()
                .filter(name -> parameters.text(name) != null)
                .toList();
        AuthenticationMethod own = parameters.attribute(AuthenticationMethod.class);
        if (own == null) {
            return made(parameters, given);
        }
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(given.get(0) + " says nothing to the method in the context attribute '"
                    + AuthenticationMethod.class.getName() + "'; remove one of them");
        }
        return new DeclaredMethod(own, null, null);
    }

    private static DeclaredMethod made(InitParameters parameters, List<String> given) {
        APIKeyStore store = parameters.attribute(APIKeyStore.class);
        if (store == null && given.contains(ENVIRONMENTS)) {
            throw new IllegalArgumentException(ENVIRONMENTS + " needs a store of API keys; put one into the context"
                    + " attribute '" + APIKeyStore.class.getName() + "', or remove it");
        }
        boolean issuer = given.stream().anyMatch(name -> !name.equals(ENVIRONMENTS));
        if (store == null && !issuer) {
            throw new IllegalArgumentException("nothing says how callers are found out; set " + JWKS_URL + ", " + ISSUER
                    + " and " + AUDIENCE + ", or put a store of API keys into the context attribute '"
                    + APIKeyStore.class.getName() + "', or a method of your own into '"
                    + AuthenticationMethod.class.getName() + "'");
        }
        return of(store == null ? null : keys(store, parameters), issuer ? issuer(parameters) : null);
    }

    /** Threads are started last, when nothing can be found wrong any more. */
    private static DeclaredMethod of(APIKeyAuthentication.@Nullable Builder keys, @Nullable TrustedIssuer issuer) {
        List<AuthenticationMethod> methods = new ArrayList<>();
        APIKeyAuthentication apiKeys = keys == null ? null : keys.build();
        if (apiKeys != null) {
            methods.add(apiKeys);
        }
        JWKSAuthentication tokens = issuer == null
                ? null
                : JWKSAuthentication.builder().trust(issuer).build();
        if (tokens != null) {
            methods.add(tokens);
        }
        return new DeclaredMethod(AuthenticationMethod.firstOf(methods), apiKeys, tokens);
    }

    private static TrustedIssuer issuer(InitParameters parameters) {
        String name = required(parameters, ISSUER, "the exact iss of the tokens");
        String jwks = required(parameters, JWKS_URL, "the URL of the issuer's JWK Set");
        required(parameters, AUDIENCE, "the names of this API in the tokens' aud, separated by commas");
        TrustedIssuer.Builder issuer = TrustedIssuer.named(name)
                .audience(parameters.list(AUDIENCE).toArray(String[]::new))
                .authorizedParties(parameters.list(AUTHORIZED_PARTIES).toArray(String[]::new));
        URI url;
        try {
            url = new URI(jwks);
        } catch (URISyntaxException e) {
            // Neither its text nor that of the exception is shown: a URL can hold a password.
            throw new IllegalArgumentException(JWKS_URL + " is no URL; write it in full, from https:// on");
        }
        try {
            return issuer.jwks(url).build();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(JWKS_URL + ": " + e.getMessage(), e);
        }
    }

    private static String required(InitParameters parameters, String name, String meaning) {
        String text = parameters.text(name);
        if (text == null) {
            throw new IllegalArgumentException(name + " is missing; set it to " + meaning);
        }
        return text;
    }

    private static APIKeyAuthentication.Builder keys(APIKeyStore store, InitParameters parameters) {
        APIKeyAuthentication.Builder keys = APIKeyAuthentication.builder().store(store);
        List<String> accepted = parameters.list(ENVIRONMENTS);
        return accepted.isEmpty()
                ? keys
                : keys.environments(
                        accepted.stream().map(DeclaredMethod::environment).toArray(Environment[]::new));
    }

    private static Environment environment(String label) {
        try {
            return Environment.of(label);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(ENVIRONMENTS + " names '" + label + "'; write live, test or both", e);
        }
    }

    AuthenticationMethod method() {
        return method;
    }

    void close() {
        if (keys != null) {
            keys.close();
        }
        if (tokens != null) {
            tokens.close();
        }
    }
}
