package dev.portcullis.auth.jwt;

import dev.portcullis.auth.Outcome;

/**
 * A token that was let in, and what decides whether it is let in again. The rules of an issuer never change, and neither
 * do claims: of what they decide only the time moves on. So the times stand here by themselves, where one look at memory
 * finds them, and the claims are gone over again only for the reason of a refusal.
 */
final class AcceptedToken {

    private final VerifiedToken verified;
    private final TrustedIssuer issuer;
    private final Outcome outcome;
    private final int length;
    private final SigningKey key;
    private final double expiresAt;
    private final double notBefore;

    /**
     * A token that its issuer's rules have let in.
     *
     * @param verified its claims and the key that verified it
     * @param issuer who issued it
     * @param outcome what was answered
     * @param length how many characters it has
     */
    AcceptedToken(VerifiedToken verified, TrustedIssuer issuer, Outcome outcome, int length) {
        this.verified = verified;
        this.issuer = issuer;
        this.outcome = outcome;
        this.length = length;
        this.key = verified.key();
        this.expiresAt = verified.claims().expiresAt();
        this.notBefore =
                Math.max(verified.claims().notBefore(), verified.claims().issuedAt());
    }

    TrustedIssuer issuer() {
        return issuer;
    }

    /** The key that verified it. */
    SigningKey key() {
        return key;
    }

    /** What was answered when it was let in. */
    Outcome outcome() {
        return outcome;
    }

    int length() {
        return length;
    }

    boolean hasExpired(double now) {
        return expiresAt <= now;
    }

    /**
     * What is answered this time.
     *
     * @param now seconds since 1970-01-01T00:00:00Z, with fractions
     * @param skew how many seconds {@code nbf} and {@code iat} may lie ahead
     * @throws TokenRejection if its time is over, or, by a clock that went back, has not come yet
     */
    Outcome again(double now, double skew) throws TokenRejection {
        if (hasExpired(now) || notBefore > now + skew) {
            issuer.rules().check(verified.claims(), now, skew);
        }
        return outcome;
    }

    /** Never its claims. */
    @Override
    public String toString() {
        return "AcceptedToken[" + issuer + "]";
    }
}
