package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PresentedCredentials;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A method whose credentials say what is to come out, so that every outcome can be had at will. The words are separated
 * by {@code ~}.
 *
 * <ul>
 *   <li>{@code good~JWT~user_1~catalog:read+holdings:read}
 *   <li>{@code bad~TOKEN_EXPIRED}
 *   <li>{@code down~SIGNING_KEYS_UNAVAILABLE~PT1.5S}
 *   <li>{@code bytes~…}: a caller whose subject is the rest in hexadecimal, two digits for each character up to U+00FF
 *   <li>{@code bug}: the method itself fails
 * </ul>
 */
public final class StubMethod implements AuthenticationMethod {

    static String good(CredentialKind kind, String subject, String... permissions) {
        return "good~" + kind + "~" + subject + "~" + String.join("+", permissions);
    }

    static String good(String... permissions) {
        return good(CredentialKind.JWT, "user_1", permissions);
    }

    static String bad(Reason reason) {
        return "bad~" + reason;
    }

    static String down(Reason reason, Duration retryAfter) {
        return "down~" + reason + "~" + retryAfter;
    }

    @Override
    public Outcome authenticate(AuthRequest request) {
        PresentedCredentials presented = PresentedCredentials.of(request);
        Reason fault = presented.fault();
        if (fault != null) {
            return Outcome.rejected(fault, null);
        }
        SecretText credential = presented.bearer() != null ? presented.bearer() : presented.apiKey();
        return credential == null
                ? Outcome.notApplicable()
                : judge(List.of(credential.reveal().split("~", -1)));
    }

    private static Outcome judge(List<String> words) {
        return switch (words.get(0)) {
            case "good" -> authenticated(CredentialKind.valueOf(words.get(1)), words.get(2), permissions(words.get(3)));
            case "bad" -> Outcome.rejected(Reason.valueOf(words.get(1)), CredentialKind.JWT);
            case "down" ->
                throw new AuthUnavailableException(Reason.valueOf(words.get(1)), Duration.parse(words.get(2)));
            case "bytes" ->
                authenticated(CredentialKind.CUSTOM, HexFormat.of().formatHex(Bytes.of(words.get(1))), List.of());
            case "bug" -> throw new IllegalStateException("A bug of the method");
            default -> Outcome.notApplicable();
        };
    }

    private static List<String> permissions(String words) {
        return words.isEmpty() ? List.of() : List.of(words.split("\\+", -1));
    }

    private static Outcome authenticated(CredentialKind kind, String subject, List<String> permissions) {
        return Outcome.authenticated(Caller.of(kind, subject.isEmpty() ? null : subject, permissions, Map.of()));
    }
}
