package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Header fields: each line is an {@code Authorization}, or after a {@code #} an {@code x-api-key}. What is wrong with the
 * way in which credentials are sent is worked out once more, by the contract's table.
 */
public final class AuthorizationFuzz {

    private static final Pattern BEARER =
            Pattern.compile("[ \t]*[Bb][Ee][Aa][Rr][Ee][Rr](?:[ \t]+(.*?))?[ \t]*", Pattern.DOTALL);
    private static final int MOST = 8;

    private static final String EMPTY = "Invalid Authorization header: no credentials provided.";
    private static final String SPACES = "Invalid Authorization header: token must not contain spaces.";
    private static final String REPEATED = "Invalid Authorization header: sent more than once.";
    private static final String SEVERAL = "More than one credential was sent.";

    private static final AuthenticationMethod METHOD =
            AuthenticationMethod.firstOf(Keys.method(Keys.store()), Tokens.method());

    private AuthorizationFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Bounds.isLetIn(bytes, AuthorizationFuzz::isLetIn);
    }

    /** Whether it is let in; throws if that, or what is told, is not as it must be. */
    static boolean isLetIn(byte[] bytes) {
        Sent request = new Sent("GET", "/", new byte[0]);
        List<String> bearers = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        int fields = 0;
        List<String> lines = Input.lines(bytes);
        for (String line : lines.subList(0, Math.min(MOST, lines.size()))) {
            if (line.startsWith("#")) {
                request.header("x-api-key", line.substring(1));
                keys.add(Input.trimmed(line.substring(1)));
            } else {
                fields++;
                request.header("authorization", line);
                Matcher bearer = BEARER.matcher(line);
                if (bearer.matches()) {
                    bearers.add(bearer.group(1) == null ? "" : bearer.group(1));
                }
            }
        }
        Outcome outcome = METHOD.authenticate(request);
        String fault = fault(fields, bearers, keys);
        if (!fault.isEmpty()) {
            Input.require(
                    outcome instanceof Outcome.Rejected rejected
                            && rejected.reason().detail().equals(fault),
                    "it must be told: " + fault + " but it is " + outcome);
        } else if (bearers.isEmpty() && keys.isEmpty()) {
            Input.require(outcome instanceof Outcome.NotApplicable, "there is no credential, but it is " + outcome);
        } else {
            judged(outcome, bearers.isEmpty() ? keys.get(0) : bearers.get(0), bearers.isEmpty());
        }
        return outcome instanceof Outcome.Authenticated;
    }

    private static void judged(Outcome outcome, String credential, boolean byKeyHeader) {
        boolean known = Keys.LIVE.equals(credential)
                || Keys.TEST.equals(credential)
                || (!byKeyHeader && TokenFuzz.GOOD.contains(credential));
        if (outcome instanceof Outcome.Authenticated) {
            Input.require(known, "a credential that nobody issued is let in");
        } else {
            Input.require(!known, "a good credential is not let in");
            Input.require(
                    outcome instanceof Outcome.Rejected rejected
                            && rejected.reason().status() == 401,
                    "there is a credential, but it is " + outcome);
        }
    }

    private static String fault(int fields, List<String> bearers, List<String> keys) {
        if (bearers.contains("")) {
            return EMPTY;
        }
        if (bearers.stream().anyMatch(token -> token.indexOf(' ') >= 0 || token.indexOf('\t') >= 0)) {
            return SPACES;
        }
        if (fields > 1) {
            return REPEATED;
        }
        boolean differ =
                !bearers.isEmpty() && !keys.isEmpty() && !bearers.get(0).equals(keys.get(0));
        return keys.size() > 1 || differ ? SEVERAL : mixed(bearers, keys);
    }

    /** The same text in both is one credential only if it is a key. */
    private static String mixed(List<String> bearers, List<String> keys) {
        boolean both = !bearers.isEmpty() && !keys.isEmpty();
        return both && !bearers.get(0).startsWith("grd_") ? SEVERAL : "";
    }
}
