package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.KeyVerdict;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import java.util.Map;

/** An API key: in {@code x-api-key}, after {@code Bearer}, and alone, as for a login. All three judge alike. */
public final class APIKeyFuzz {

    /** What is answered to each key that was ever issued; null for those that are let in. */
    private static final Map<String, String> STATES = Map.of(
            Keys.LIVE, "good",
            Keys.TEST, "good",
            Keys.REVOKED, "API key has been revoked.",
            Keys.EXPIRED, "API key has expired.");

    private static final APIKeyAuthentication METHOD = Keys.method(Keys.store());

    private APIKeyFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Bounds.isLetIn(bytes, APIKeyFuzz::isLetIn);
    }

    /** Whether it is let in; throws if that, or what is told, is not as it must be. */
    static boolean isLetIn(byte[] bytes) {
        String sent = Input.text(bytes);
        String key = Input.trimmed(sent);
        String expected = STATES.getOrDefault(
                key, key.matches("grd_(live|test)_[0-9a-f]{48}\\z") ? "Invalid API key." : "Malformed API key.");
        Input.require(expected.equals(told(METHOD.authenticate(Sent.with("x-api-key", sent)))), "by x-api-key");
        Input.require(expected.equals(told(METHOD.judge(SecretText.of(key)))), "by itself");

        Outcome bearer = METHOD.authenticate(Sent.with("authorization", "Bearer " + sent));
        if (key.isEmpty() || key.indexOf(' ') >= 0 || key.indexOf('\t') >= 0) {
            Input.require(bearer instanceof Outcome.Rejected, "a bearer that is none is not rejected");
        } else if (key.startsWith("grd_")) {
            Input.require(expected.equals(told(bearer)), "by Bearer");
        } else {
            Input.require(bearer instanceof Outcome.NotApplicable, "a bearer that is no key is not passed on");
        }
        return expected.equals("good");
    }

    private static String told(Outcome outcome) {
        if (outcome instanceof Outcome.Authenticated authenticated) {
            return authenticated.caller().subject() == null ? "nobody" : "good";
        }
        return outcome instanceof Outcome.Rejected rejected ? rejected.reason().detail() : "passed on";
    }

    private static String told(KeyVerdict verdict) {
        Reason reason = verdict instanceof KeyVerdict.Bad bad ? bad.reason() : null;
        return reason == null ? "good" : reason.detail();
    }
}
