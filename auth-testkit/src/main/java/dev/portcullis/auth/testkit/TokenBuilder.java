package dev.portcullis.auth.testkit;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token in the making, got from {@link TokenIssuer#token()}. It begins as a good one: for the subject {@code user-1},
 * by this issuer, issued now, for five minutes, signed with RS256 by the issuer's newest key. Every header parameter and
 * every claim can be replaced or left out, also by what no issuer would put there.
 *
 * <p>Not safe for use by several threads at once. One builder can sign many tokens.
 */
public final class TokenBuilder {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final TokenIssuer issuer;
    private final Instant now;
    private final Map<String, @Nullable Object> header = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> claims = new LinkedHashMap<>();
    private PrivateKey key;

    TokenBuilder(TokenIssuer issuer, Instant now, IssuerKey key) {
        this.issuer = issuer;
        this.now = now;
        this.key = key.privateKey();
        header("alg", "RS256").header("typ", "JWT").keyId(key.keyId());
        issuer(issuer.issuer()).subject("user-1").issuedAt(now).expiresIn(LIFETIME);
    }

    /**
     * The account: {@code sub} (RFC 7519 section 4.1.2).
     *
     * @param subject the account
     * @return this builder
     */
    public TokenBuilder subject(String subject) {
        return claim("sub", subject);
    }

    /**
     * For whom the token is meant: {@code aud} (RFC 7519 section 4.1.3). There is none unless it is given here.
     *
     * @param audiences one, which is written as a string, or several, written as an array
     * @return this builder
     */
    public TokenBuilder audience(String... audiences) {
        return claim("aud", audiences.length == 1 ? audiences[0] : List.of(audiences));
    }

    /**
     * Who issued the token: {@code iss} (RFC 7519 section 4.1.1).
     *
     * @param name the issuer's name; {@link TokenIssuer#issuer()} unless it is given here
     * @return this builder
     */
    public TokenBuilder issuer(String name) {
        return claim("iss", name);
    }

    /**
     * The party to which the token was issued: {@code azp} (OpenID Connect Core section 2).
     *
     * @param party the party, such as the origin of a front end
     * @return this builder
     */
    public TokenBuilder authorizedParty(String party) {
        return claim("azp", party);
    }

    /**
     * The permissions, in the claim {@code permissions}.
     *
     * @param permissions exact permission strings
     * @return this builder
     */
    public TokenBuilder permissions(String... permissions) {
        return claim("permissions", List.of(permissions));
    }

    /**
     * When the token expires: {@code exp} (RFC 7519 section 4.1.4), in whole seconds.
     *
     * @param time the time from the issuer's now on, when {@link TokenIssuer#token()} was called; negative for the past
     * @return this builder
     */
    public TokenBuilder expiresIn(Duration time) {
        return claim("exp", now.plus(time));
    }

    /**
     * When the token was issued: {@code iat} (RFC 7519 section 4.1.6), in whole seconds.
     *
     * @param time the time
     * @return this builder
     */
    public TokenBuilder issuedAt(Instant time) {
        return claim("iat", time);
    }

    /**
     * From when on the token is valid: {@code nbf} (RFC 7519 section 4.1.5), in whole seconds.
     *
     * @param time the time
     * @return this builder
     */
    public TokenBuilder notBefore(Instant time) {
        return claim("nbf", time);
    }

    /**
     * Any claim.
     *
     * @param name its name
     * @param value a string, number, boolean, list or map, written as JSON; an {@link Instant}, written as the whole
     *     seconds since 1970; or null to leave the claim out
     * @return this builder
     */
    public TokenBuilder claim(String name, @Nullable Object value) {
        put(claims, name, value);
        return this;
    }

    /**
     * Any header parameter. Whatever {@code alg} says, the signature is one by RS256.
     *
     * @param name its name
     * @param value as for {@link #claim(String, Object)}; null to leave it out
     * @return this builder
     */
    public TokenBuilder header(String name, @Nullable Object value) {
        put(header, name, value);
        return this;
    }

    private static void put(Map<String, @Nullable Object> members, String name, @Nullable Object value) {
        if (value == null) {
            members.remove(name);
        } else {
            members.put(name, value instanceof Instant time ? time.getEpochSecond() : value);
        }
    }

    /**
     * The {@code kid} in the header (RFC 7515 section 4.1.4), whichever key signs.
     *
     * @param keyId any name
     * @return this builder
     */
    public TokenBuilder keyId(String keyId) {
        return header("kid", keyId);
    }

    /**
     * Leaves {@code kid} out.
     *
     * @return this builder
     */
    public TokenBuilder withoutKeyId() {
        return header("kid", null);
    }

    /**
     * Has one of the issuer's keys sign, also one that was withdrawn, and names it in the header.
     *
     * @param keyId the key's {@code kid}
     * @return this builder
     * @throws IllegalArgumentException if the issuer never had such a key
     */
    public TokenBuilder signedBy(String keyId) {
        key = issuer.key(keyId).privateKey();
        return keyId(keyId);
    }

    /**
     * Has a foreign key sign; the header stays as it is.
     *
     * @param foreign an RSA key
     * @return this builder
     */
    public TokenBuilder signedBy(PrivateKey foreign) {
        key = foreign;
        return this;
    }

    /**
     * Signs the token.
     *
     * @return the token in compact form (RFC 7515 section 7.1)
     * @throws IllegalArgumentException if the key is not one to sign with RS256
     */
    public String sign() {
        String text = encoded(header) + "." + encoded(claims);
        return text + "." + IssuerKey.sign(key, text);
    }

    private static String encoded(Map<String, @Nullable Object> members) {
        return Base64URL.encode(JSONObjectUtils.toJSONString(members)).toString();
    }
}
