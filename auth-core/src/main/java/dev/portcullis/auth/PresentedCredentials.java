package dev.portcullis.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that a request presents in {@code Authorization} (RFC 9110 section 11.6.2, RFC 6750 section 2.1) and
 * {@code x-api-key}, taken apart but not judged, and what is wrong with the way in which they were sent.
 */
public final class PresentedCredentials {

    private static final String SCHEME = "bearer";

    private final @Nullable SecretText bearer;
    private final @Nullable SecretText apiKey;
    private final @Nullable Reason fault;

    private PresentedCredentials(@Nullable SecretText bearer, @Nullable SecretText apiKey, @Nullable Reason fault) {
        this.bearer = bearer;
        this.apiKey = apiKey;
        this.fault = fault;
    }

    /**
     * Takes apart what a request presents.
     *
     * @param request the request
     * @return its credentials
     */
    public static PresentedCredentials of(AuthRequest request) {
        List<String> authorization = request.headers("authorization");
        List<String> keys = request.headers("x-api-key");
        SecretText bearer = authorization.size() == 1 ? bearer(authorization.get(0)) : null;
        SecretText apiKey = keys.size() == 1 ? trimmed(keys.get(0), 0) : null;
        return new PresentedCredentials(bearer, apiKey, fault(authorization, bearer, keys, apiKey));
    }

    private static @Nullable Reason fault(
            List<String> authorization, @Nullable SecretText bearer, List<String> keys, @Nullable SecretText apiKey) {
        if (authorization.size() > 1) {
            return repeatedFault(authorization);
        }
        Reason fault = bearer == null ? null : shapeFault(bearer);
        if (fault != null) {
            return fault;
        }
        boolean differ = bearer != null && apiKey != null && !bearer.equals(apiKey);
        return keys.size() > 1 || differ ? Reason.MORE_THAN_ONE_CREDENTIAL : null;
    }

    /** A field that is wrong by itself is reported before the repetition, in the contract's order. */
    private static Reason repeatedFault(List<String> authorization) {
        Reason worst = Reason.REPEATED_AUTHORIZATION;
        for (String field : authorization) {
            SecretText token = bearer(field);
            Reason fault = token == null ? null : shapeFault(token);
            if (fault != null && fault.compareTo(worst) < 0) {
                worst = fault;
            }
        }
        return worst;
    }

    private static @Nullable Reason shapeFault(SecretText token) {
        if (token.length() == 0) {
            return Reason.EMPTY_BEARER;
        }
        return token.contains(' ') || token.contains('\t') ? Reason.BEARER_WITH_SPACES : null;
    }

    /** What stands after the scheme {@code Bearer}, or null if the field has another scheme. */
    private static @Nullable SecretText bearer(String field) {
        int start = skipSpace(field, 0);
        int after = start + SCHEME.length();
        if (field.length() < after || !isScheme(field, start)) {
            return null;
        }
        boolean ends = field.length() == after || field.charAt(after) == ' ' || field.charAt(after) == '\t';
        return ends ? trimmed(field, after) : null;
    }

    /** Compared by ASCII letters alone: {@code equalsIgnoreCase} would take look-alikes from other scripts. */
    private static boolean isScheme(String field, int start) {
        for (int i = 0; i < SCHEME.length(); i++) {
            char c = field.charAt(start + i);
            char lower = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
            if (lower != SCHEME.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static SecretText trimmed(String field, int from) {
        int start = skipSpace(field, from);
        int end = field.length();
        while (end > start && isSpace(field.charAt(end - 1))) {
            end--;
        }
        return SecretText.slice(field, start, end);
    }

    private static int skipSpace(String field, int from) {
        int i = from;
        while (i < field.length() && isSpace(field.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    /**
     * What is wrong with the way in which the credentials were sent, whatever they are.
     *
     * @return the reason to reject the request with, or null
     */
    public @Nullable Reason fault() {
        return fault;
    }

    /**
     * The Bearer token.
     *
     * @return what stands after {@code Bearer}, or null if the request has no such field, or more than one
     */
    public @Nullable SecretText bearer() {
        return bearer;
    }

    /**
     * The value of {@code x-api-key}.
     *
     * @return the value without white space around it, or null if the request has no such field, or more than one
     */
    public @Nullable SecretText apiKey() {
        return apiKey;
    }

    /** Which credentials there are, never their text. */
    @Override
    public String toString() {
        return "PresentedCredentials[bearer=" + (bearer != null) + ", x-api-key=" + (apiKey != null) + ", fault="
                + fault + "]";
    }
}
