package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.jwt.KeySetReport;
import dev.portcullis.auth.jwt.TokenInspection;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The compact token, as it stands after {@code Bearer}. As nobody but the issuer can sign, whatever is let in is one of the
 * tokens that it has issued, to the last character; and of claims nothing is told before a signature was verified.
 */
public final class TokenFuzz {

    private static final String CLAIMS = "{\"iss\":\"" + Tokens.ISSUER + "\",\"aud\":\"" + Tokens.AUDIENCE
            + "\",\"exp\":1767225660,\"sub\":\"user_1\",\"permissions\":[\"catalog:read\"]}";

    /** What the issuer has signed and is let in. */
    static final Set<String> GOOD =
            Set.of(Tokens.sign(Tokens.HEADER, CLAIMS), Tokens.sign("{\"alg\":\"RS256\"}", CLAIMS));

    /** What the issuer has signed and is refused, and the words for it. */
    private static final Map<String, String> BAD = Map.of(
            Tokens.sign(Tokens.HEADER, "{\"exp\":1}"),
            "Token has expired.",
            Tokens.sign(Tokens.HEADER, "[]"),
            "Invalid token.");

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
        Bounds.isLetIn(bytes, TokenFuzz::isLetIn);
    }

    /** Whether it is let in; throws if that, or what is told, is not as it must be. */
    static boolean isLetIn(byte[] bytes) {
        String token = Input.text(bytes);
        String trimmed = Input.trimmed(token);
        Outcome outcome = METHOD.authenticate(Sent.with("authorization", "Bearer " + token));
        boolean good = GOOD.contains(trimmed);
        if (outcome instanceof Outcome.Rejected rejected) {
            String told = rejected.reason().detail();
            Input.require(!good, "a good token is refused: " + told);
            Input.require(
                    told.equals(BAD.get(trimmed)) || BEFORE_THE_SIGNATURE.contains(rejected.reason()),
                    "a token that nobody signed is " + rejected.reason());
            Input.require(
                    !BAD.containsKey(trimmed) || told.equals(BAD.get(trimmed)), "a bad token is told another reason");
        } else if (outcome instanceof Outcome.NotApplicable) {
            Input.require(trimmed.startsWith("grd_"), "a token is passed on");
        } else {
            Input.require(good && outcome instanceof Outcome.Authenticated, "a token that nobody issued is let in");
        }
        inspect(token, good || BAD.containsKey(trimmed), outcome);
        return good;
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
