package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.jwt.KeySetReport;
import dev.portcullis.auth.jwt.TokenInspection;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * The compact token, as it stands after {@code Bearer}. As nobody but the issuer can sign, whatever is let in is one of the
 * tokens that it has issued, to the last character; and of claims nothing is told before a signature was verified.
 */
public final class TokenFuzz {

    private static final String GOOD = "{\"iss\":\"" + Tokens.ISSUER + "\",\"aud\":\"" + Tokens.AUDIENCE
            + "\",\"exp\":1767225660,\"sub\":\"user_1\",\"permissions\":[\"catalog:read\"]}";

    /** What the issuer has signed: one token that is good, and others that are not. */
    static final Set<String> ISSUED = Set.of(
            Tokens.sign(Tokens.HEADER, GOOD),
            Tokens.sign("{\"alg\":\"RS256\"}", GOOD),
            Tokens.sign(Tokens.HEADER, "{\"exp\":1}"),
            Tokens.sign(Tokens.HEADER, "[]"));

    private static final Set<Reason> BEFORE_THE_SIGNATURE = EnumSet.of(
            Reason.EMPTY_BEARER,
            Reason.BEARER_WITH_SPACES,
            Reason.MALFORMED_TOKEN,
            Reason.INVALID_SIGNING_ALGORITHM,
            Reason.UNSUPPORTED_TOKEN_HEADER,
            Reason.UNKNOWN_SIGNING_KEY,
            Reason.INVALID_SIGNATURE);

    private static final AuthenticationMethod METHOD = Tokens.method();
    private static final KeySetReport KEYS = KeySetReport.of(Tokens.KEY_SET.getBytes(StandardCharsets.UTF_8));

    private TokenFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        String token = Input.text(bytes);
        String trimmed = Input.trimmed(token);
        Outcome outcome = METHOD.authenticate(Sent.with("authorization", "Bearer " + token));
        boolean issued = ISSUED.contains(trimmed);
        if (outcome instanceof Outcome.Rejected rejected) {
            Input.require(
                    issued || BEFORE_THE_SIGNATURE.contains(rejected.reason()),
                    "a token that nobody signed is " + rejected.reason());
        } else if (outcome instanceof Outcome.NotApplicable) {
            Input.require(trimmed.startsWith("grd_"), "a token is passed on");
        } else {
            Input.require(issued && outcome instanceof Outcome.Authenticated, "a token that nobody issued is let in");
        }
        inspect(token, issued, outcome);
    }

    /** What shows a token to a person reads it by itself, and must say the same. */
    private static void inspect(String token, boolean issued, Outcome outcome) {
        TokenInspection inspection = TokenInspection.builder()
                .keys(KEYS)
                .issuer(Tokens.ISSUER)
                .audience(Tokens.AUDIENCE)
                .clock(Tokens.CLOCK)
                .inspect(SecretText.of(token));
        Input.require(!inspection.isVerified() || issued, "a token that nobody signed is shown as verified");
        if (outcome instanceof Outcome.Rejected rejected) {
            Input.require(
                    inspection.reason() == rejected.reason(),
                    "it is " + rejected.reason() + ", but shown as " + inspection.reason());
        }
    }
}
