package dev.portcullis.auth.jwt;

import dev.portcullis.auth.Reason;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a token says and what an API would answer to it, for people who look for why theirs is refused. It is judged by
 * the same rules as {@link JWKSAuthentication} applies, but goes on after the first that is not met, and shows what it
 * read, verified or not. It lets nobody in, and asks nobody.
 *
 * <pre>{@code
 * TokenInspection inspection = TokenInspection.builder()
 *         .keys(PublishedKeys.at(jwks).report())
 *         .issuer("https://issuer.example")
 *         .audience("https://api.example")
 *         .inspect(SecretText.of(token));
 * }</pre>
 */
public final class TokenInspection {

    private final @Nullable Map<String, @Nullable Object> header;
    private final @Nullable Map<String, @Nullable Object> claims;
    private final List<Check> checks;

    TokenInspection(TokenParts parts, List<Check> checks) {
        this.header = shown(parts.header());
        this.claims = shown(parts.payload());
        this.checks = List.copyOf(checks);
    }

    private static @Nullable Map<String, @Nullable Object> shown(@Nullable Map<String, Object> members) {
        return members == null ? null : Collections.unmodifiableMap(TokenParts.shown(members));
    }

    /** What came of a check. */
    public enum Result {
        /** The rule is met. */
        PASSED,
        /** The rule is not met. */
        FAILED,
        /** It cannot be told: something is missing, or what it takes is not to be read. */
        NOT_CHECKED
    }

    /** What can be said of the token as a whole. */
    public enum Verdict {
        /** Every rule is met. */
        LET_IN,
        /** A rule is not met. */
        REFUSED,
        /** Nothing speaks against it, but not everything was checked. */
        UNDECIDED
    }

    /**
     * One rule.
     *
     * @param reason what is answered when it is not met
     * @param result whether it is
     * @param note more about it, for people, or null; never anything of the token but the names of its claims
     */
    public record Check(
            Reason reason, Result result, @Nullable String note) {}

    /**
     * Starts to describe what the token is checked against.
     *
     * @return a builder with nothing set
     */
    public static TokenInspector builder() {
        return new TokenInspector();
    }

    /**
     * Every rule, in the order in which they are decided: what is answered is the first that is not met.
     *
     * @return the checks
     */
    public List<Check> checks() {
        return checks;
    }

    /**
     * What can be said of the token as a whole.
     *
     * @return the verdict
     */
    public Verdict verdict() {
        if (reason() != null) {
            return Verdict.REFUSED;
        }
        return checks.stream().anyMatch(check -> check.result() == Result.NOT_CHECKED)
                ? Verdict.UNDECIDED
                : Verdict.LET_IN;
    }

    /**
     * What an API would answer. A check before it that could not be made can give another answer.
     *
     * @return the first reason to refuse the token, or null if there is none
     */
    public @Nullable Reason reason() {
        for (Check check : checks) {
            if (check.result() == Result.FAILED) {
                return check.reason();
            }
        }
        return null;
    }

    /**
     * Whether header and claims are proven to be its issuer's words.
     *
     * @return whether the signature was checked, and holds
     */
    public boolean isVerified() {
        return checks.stream()
                .anyMatch(check -> check.reason() == Reason.INVALID_SIGNATURE && check.result() == Result.PASSED);
    }

    /**
     * The header, whatever is wrong with it.
     *
     * @return its members as strings, numbers, booleans, lists, maps and null; or null if it cannot be read
     */
    public @Nullable Map<String, @Nullable Object> header() {
        return header;
    }

    /**
     * The claims, whatever is wrong with them. Unless {@linkplain #isVerified() verified} they are anybody's words.
     *
     * @return its members as strings, numbers, booleans, lists, maps and null; or null if they cannot be read
     */
    public @Nullable Map<String, @Nullable Object> claims() {
        return claims;
    }

    /** Never anything of the token. */
    @Override
    public String toString() {
        return "TokenInspection[" + verdict() + ", " + reason() + "]";
    }
}
