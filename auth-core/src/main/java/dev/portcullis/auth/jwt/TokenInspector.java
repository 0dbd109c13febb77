package dev.portcullis.auth.jwt;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.PresentedCredentials;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SecretText;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes what a token is checked against, and inspects it. What is left out is not checked. Not safe for use by
 * several threads at once.
 */
public final class TokenInspector {

    private static final int MAXIMUM_LENGTH = 16 * 1024;
    private static final double SKEW_SECONDS = 5;
    private static final String AFTER_HEADER = "it is not looked at with such a header";

    private @Nullable KeySetReport keys;
    private @Nullable String issuer;
    private final Set<String> audiences = new LinkedHashSet<>();
    private final Set<String> authorizedParties = new LinkedHashSet<>();
    private boolean anyAudience;
    private InstantSource clock = InstantSource.system();

    TokenInspector() {}

    /**
     * The keys of the issuer.
     *
     * @param published what is published; the signature is not checked unless given
     * @return this inspector
     */
    public TokenInspector keys(KeySetReport published) {
        this.keys = published;
        return this;
    }

    /**
     * The exact {@code iss}.
     *
     * @param name the issuer's name; not checked unless given
     * @return this inspector
     */
    public TokenInspector issuer(String name) {
        this.issuer = name;
        return this;
    }

    /**
     * The audiences of the API: the token must be meant for at least one of them.
     *
     * @param accepted exact values; not checked unless given
     * @return this inspector
     */
    public TokenInspector audience(String... accepted) {
        audiences.addAll(List.of(accepted));
        return this;
    }

    /**
     * Says that the API takes tokens whatever their {@code aud} is.
     *
     * @return this inspector
     */
    public TokenInspector acceptAnyAudience() {
        this.anyAudience = true;
        return this;
    }

    /**
     * The parties to whom a token may have been issued.
     *
     * @param accepted exact values; {@code azp} is not looked at unless given, as in an API
     * @return this inspector
     */
    public TokenInspector authorizedParties(String... accepted) {
        authorizedParties.addAll(List.of(accepted));
        return this;
    }

    /**
     * The time to judge by.
     *
     * @param source a clock; the system's unless given
     * @return this inspector
     */
    public TokenInspector clock(InstantSource source) {
        this.clock = source;
        return this;
    }

    /**
     * Inspects a token, with the usual limits: 16,384 characters, and 5 seconds of skew for {@code nbf} and {@code iat}.
     *
     * @param token what stands after {@code Authorization: Bearer} and a space
     * @return what it says and what would be answered
     */
    public TokenInspection inspect(SecretText token) {
        List<String> field = List.of("Bearer " + token.reveal());
        PresentedCredentials sent = PresentedCredentials.of(new Presented(field));
        SecretText text = sent.bearer() == null ? token : sent.bearer();
        boolean tooLong = text.length() > MAXIMUM_LENGTH;
        TokenParts parts = TokenParts.of(tooLong ? "" : text.reveal());
        TokenChecks checks = new TokenChecks(parts);
        if (checks.presentation(sent.fault())) {
            if (tooLong) {
                checks.tooLong(MAXIMUM_LENGTH);
            } else {
                check(text, checks);
            }
        }
        return new TokenInspection(parts, checks.inOrder());
    }

    private void check(SecretText text, TokenChecks checks) {
        UnverifiedToken token = new UnverifiedToken(text.length());
        Reason fault = read(token, text);
        if (!checks.header(fault)) {
            return;
        }
        if (checks.keys(keys) && keys != null) {
            if (fault == null) {
                checks.signature(token, keys.usable());
            } else {
                checks.skip(Reason.UNKNOWN_SIGNING_KEY, AFTER_HEADER);
                checks.skip(Reason.INVALID_SIGNATURE, AFTER_HEADER);
            }
        }
        checks.claims(rules(), clock.millis() / 1000.0, SKEW_SECONDS);
        skipUnnamed(checks);
    }

    private static @Nullable Reason read(UnverifiedToken token, SecretText text) {
        try {
            token.read(text);
            return null;
        } catch (TokenRejection e) {
            return e.reason();
        }
    }

    /** A request that bears the token and nothing else. */
    private static final class Presented implements AuthRequest {

        private final List<String> authorization;

        Presented(List<String> authorization) {
            this.authorization = authorization;
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public List<String> headers(String name) {
            return name.equals("authorization") ? authorization : List.of();
        }

        /** Never the token. */
        @Override
        public String toString() {
            return "Presented[redacted]";
        }
    }

    private ClaimRules rules() {
        Set<String> accepted = anyAudience || audiences.isEmpty() ? null : Set.copyOf(audiences);
        return new ClaimRules(issuer == null ? "" : issuer, accepted, Set.copyOf(authorizedParties));
    }

    private void skipUnnamed(TokenChecks checks) {
        if (issuer == null) {
            checks.skip(Reason.INVALID_ISSUER, "no issuer was given");
        }
        if (audiences.isEmpty() && !anyAudience) {
            checks.skip(Reason.INVALID_AUDIENCE, "no audience was given");
        }
        if (authorizedParties.isEmpty()) {
            checks.note(Reason.INVALID_AUTHORIZED_PARTY, "azp is not looked at, as no party was given");
        }
    }
}
