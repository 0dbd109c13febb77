package dev.portcullis.auth.spring;

import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.PublishedKeys;
import dev.portcullis.auth.jwt.TrustedIssuer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes of {@code portcullis.jwt} what lets tokens in. Threads are started last, when nothing can be wrong any more. */
final class TokenSettings {

    private static final String JWT = "portcullis.jwt";

    private final PortcullisProperties.JWT jwt;
    private final @Nullable String apiKeyPrefix;

    TokenSettings(PortcullisProperties properties) {
        this.jwt = properties.jwt();
        this.apiKeyPrefix = properties.apiKeys().prefix();
    }

    JWKSAuthentication authentication() {
        Map<String, PortcullisProperties.Issuer> issuers = issuers();
        issuers.forEach(TokenSettings::check);
        JWKSAuthentication.Builder tokens = JWKSAuthentication.builder();
        given(jwt.clockSkew(), tokens::clockSkew);
        given(jwt.maximumTokenLength(), tokens::maximumTokenLength);
        given(jwt.cachedTokens(), tokens::cachedTokens);
        given(apiKeyPrefix, tokens::apiKeyPrefix);
        if (!jwt.permissionsClaim().isEmpty()) {
            tokens.permissionsClaim(jwt.permissionsClaim().toArray(String[]::new));
        }
        return trusting(tokens, issuers);
    }

    private Map<String, PortcullisProperties.Issuer> issuers() {
        Map<String, PortcullisProperties.Issuer> all = new LinkedHashMap<>();
        PortcullisProperties.Issuer own = jwt.own();
        if (own.isGiven() && !jwt.issuers().isEmpty()) {
            throw new SettingException(
                    JWT + ".issuers",
                    "describes issuers, but so do the properties of one issuer beside it",
                    "Move " + JWT + ".issuer, .jwks-uri, .audience, .any-audience and .authorized-parties into one more"
                            + " entry of " + JWT + ".issuers, or remove them.");
        }
        for (int i = 0; i < jwt.issuers().size(); i++) {
            all.put(JWT + ".issuers[" + i + "]", jwt.issuers().get(i));
        }
        if (all.isEmpty()) {
            all.put(JWT, own);
        }
        return all;
    }

    private static void check(String at, PortcullisProperties.Issuer issuer) {
        require(issuer.issuer(), at + ".issuer", "the exact iss of the tokens, such as https://issuer.example");
        require(issuer.jwksUri(), at + ".jwks-uri", "the URL of the issuer's JWK Set, from https:// on");
        if (issuer.audience().isEmpty() && !issuer.anyAudience()) {
            throw new SettingException(
                    at + ".audience",
                    "is missing",
                    "Set it to the name of this API in the tokens' aud, such as https://api.example. If the issuer's"
                            + " tokens are for this API alone, set " + at + ".any-audience to true instead.");
        }
        if (!issuer.audience().isEmpty() && issuer.anyAudience()) {
            throw new SettingException(
                    at + ".any-audience", "is true, but " + at + ".audience is set too", "Remove one of them.");
        }
    }

    private static void require(@Nullable String value, String property, String meaning) {
        if (value == null || value.isBlank()) {
            throw new SettingException(property, "is missing", "Set it to " + meaning + ".");
        }
    }

    private JWKSAuthentication trusting(
            JWKSAuthentication.Builder tokens, Map<String, PortcullisProperties.Issuer> issuers) {
        List<PublishedKeys> started = new ArrayList<>();
        String at = JWT;
        try {
            for (Map.Entry<String, PortcullisProperties.Issuer> each : issuers.entrySet()) {
                at = each.getKey();
                PublishedKeys keys = keys(at, each.getValue());
                started.add(keys);
                tokens.trust(issuer(each.getValue(), keys));
            }
            at = JWT;
            return tokens.build();
        } catch (IllegalArgumentException e) {
            started.forEach(PublishedKeys::close);
            throw CoreSetting.wrong(e, at);
        } catch (SettingException e) {
            started.forEach(PublishedKeys::close);
            throw e;
        }
    }

    private static TrustedIssuer issuer(PortcullisProperties.Issuer issuer, PublishedKeys keys) {
        TrustedIssuer.Builder trusted = TrustedIssuer.named(String.valueOf(issuer.issuer()))
                .keys(keys)
                .audience(issuer.audience().toArray(String[]::new))
                .authorizedParties(issuer.authorizedParties().toArray(String[]::new));
        return issuer.anyAudience() ? trusted.acceptAnyAudience().build() : trusted.build();
    }

    private PublishedKeys keys(String at, PortcullisProperties.Issuer issuer) {
        PortcullisProperties.Fetch fetch = jwt.fetch();
        PublishedKeys.Builder keys = PublishedKeys.at(url(at + ".jwks-uri", String.valueOf(issuer.jwksUri())));
        given(fetch.timeout(), keys::fetchTimeout);
        given(fetch.minimumFreshness(), keys::minimumFreshness);
        given(fetch.defaultFreshness(), keys::defaultFreshness);
        given(fetch.maximumFreshness(), keys::maximumFreshness);
        given(fetch.maximumStaleness(), keys::maximumStaleness);
        given(fetch.unknownKeyCooldown(), keys::unknownKeyCooldown);
        given(fetch.maximumKeys(), keys::maximumKeys);
        given(fetch.maximumWaiters(), keys::maximumWaiters);
        if (fetch.maximumSize() != null) {
            keys.maximumBytes(
                    (int) Math.min(Integer.MAX_VALUE, fetch.maximumSize().toBytes()));
        }
        try {
            return keys.build();
        } catch (IllegalArgumentException e) {
            throw CoreSetting.wrong(e, at + ".jwks-uri");
        }
    }

    /** Neither the text nor the exception is shown: a URL can hold a password. */
    private static URI url(String property, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new SettingException(property, "is no URL", "Write it in full, from https:// on.");
        }
    }

    private static <T> void given(@Nullable T value, Consumer<T> setting) {
        if (value != null) {
            setting.accept(value);
        }
    }
}
