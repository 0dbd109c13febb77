package dev.portcullis.auth.jwt;

import dev.portcullis.auth.Reason;
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

    /**
     * Checks the claims.
     *
     * @param claims the claims of a verified token
     * @param now seconds since 1970-01-01T00:00:00Z, with fractions
     * @param skew how many seconds {@code nbf} and {@code iat} may lie ahead; {@code exp} has no grace
     * @throws TokenRejection with the reason of the first rule that is not met
     */
    void check(Claims claims, double now, double skew) throws TokenRejection {
        require(claims.expiresAt() > now, Reason.TOKEN_EXPIRED);
        require(claims.notBefore() <= now + skew, Reason.TOKEN_NOT_YET_VALID);
        require(claims.issuedAt() <= now + skew, Reason.TOKEN_NOT_YET_VALID);
        require(audiences == null || holdsOne(audiences, claims.audience()), Reason.INVALID_AUDIENCE);
        require(issuer.equals(claims.issuer()), Reason.INVALID_ISSUER);
        require(isAuthorizedParty(claims.authorizedParty()), Reason.INVALID_AUTHORIZED_PARTY);
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

    private static void require(boolean met, Reason otherwise) throws TokenRejection {
        if (!met) {
            throw new TokenRejection(otherwise);
        }
    }
}
