package dev.portcullis.auth.jwt;

import dev.portcullis.auth.Reason;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of a verified token must say, in the order in which it is decided (RFC 7519 section 4.1, RFC 8725
 * sections 3.8 and 3.9).
 *
 * @param issuer the exact {@code iss}
 * @param audiences one of these must be in {@code aud}; null if any audience is accepted
 * @param authorizedParties {@code azp} must be one of these; empty if it is not looked at
 */
record ClaimRules(String issuer, @Nullable Set<String> audiences, Set<String> authorizedParties) {

    /** Is told of the rules that are not met. */
    @FunctionalInterface
    private interface Unmet<X extends Exception> {
        void rule(Reason reason) throws X;
    }

    /**
     * Checks the claims.
     *
     * @param claims the claims of a verified token
     * @param now seconds since 1970-01-01T00:00:00Z, with fractions
     * @param skew how many seconds {@code nbf} and {@code iat} may lie ahead; {@code exp} has no grace
     * @throws TokenRejection with the reason of the first rule that is not met
     */
    void check(Claims claims, double now, double skew) throws TokenRejection {
        judge(claims, now, skew, reason -> {
            throw new TokenRejection(reason);
        });
    }

    /** Every rule that is not met, where {@link #check} stops at the first: for people who look for a fault. */
    Set<Reason> unmet(Claims claims, double now, double skew) {
        Set<Reason> unmet = EnumSet.noneOf(Reason.class);
        judge(claims, now, skew, unmet::add);
        return unmet;
    }

    private <X extends Exception> void judge(Claims claims, double now, double skew, Unmet<X> unmet) throws X {
        require(claims.expiresAt() > now, Reason.TOKEN_EXPIRED, unmet);
        require(claims.notBefore() <= now + skew, Reason.TOKEN_NOT_YET_VALID, unmet);
        require(claims.issuedAt() <= now + skew, Reason.TOKEN_NOT_YET_VALID, unmet);
        require(audiences == null || holdsOne(audiences, claims.audience()), Reason.INVALID_AUDIENCE, unmet);
        require(issuer.equals(claims.issuer()), Reason.INVALID_ISSUER, unmet);
        require(isAuthorizedParty(claims.authorizedParty()), Reason.INVALID_AUTHORIZED_PARTY, unmet);
    }

    private static boolean holdsOne(Set<String> accepted, List<String> audience) {
        for (int i = 0; i < audience.size(); i++) {
            if (accepted.contains(audience.get(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean isAuthorizedParty(@Nullable Object party) {
        return authorizedParties.isEmpty() || (party instanceof String text && authorizedParties.contains(text));
    }

    private static <X extends Exception> void require(boolean met, Reason otherwise, Unmet<X> unmet) throws X {
        if (!met) {
            unmet.rule(otherwise);
        }
    }
}
