package dev.portcullis.auth.jwt;

import dev.portcullis.auth.Reason;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JOSE header of a token of the strict profile: RS256, and no parameter that changes what the token means.
 *
 * @param hasKeyID whether there is a {@code kid} at all
 * @param keyID the {@code kid}, or null if there is none or it is not a string
 */
record TokenHeader(boolean hasKeyID, @Nullable String keyID) {

    private static final Set<String> TYPES = Set.of("jwt", "at+jwt");
    private static final String NESTED = "jwt";
    private static final String MEDIA_TYPE_PREFIX = "application/";

    /**
     * Reads a header: the algorithm is judged before anything else in it (RFC 8725 sections 3.1, 3.11).
     *
     * @param json the decoded header
     * @param length how many bytes of it count
     * @throws TokenRejection if it is not of the profile
     */
    static TokenHeader read(byte[] json, int length) throws TokenRejection {
        Map<String, Object> members;
        try {
            members = JSONReader.readObject(json, length);
        } catch (MalformedJSONException e) {
            throw new TokenRejection(Reason.MALFORMED_TOKEN);
        }
        if (!isRS256(members)) {
            throw new TokenRejection(Reason.INVALID_SIGNING_ALGORITHM);
        }
        if (changesMeaning(members)) {
            throw new TokenRejection(Reason.UNSUPPORTED_TOKEN_HEADER);
        }
        Object keyID = members.get("kid");
        return new TokenHeader(keyID != null, keyID instanceof String text ? text : null);
    }

    /** Whether it can name a published key: by a {@code kid} that is a string, or by having none. */
    boolean canNameKey() {
        return keyID != null || !hasKeyID;
    }

    /** Whether {@code alg} is the one algorithm there is here. */
    static boolean isRS256(Map<String, Object> members) {
        return "RS256".equals(members.get("alg"));
    }

    /** Whether a parameter changes what the token means. */
    static boolean changesMeaning(Map<String, Object> members) {
        if (members.size() == 1) {
            return false;
        }
        return members.containsKey("crit")
                || members.containsKey("b64")
                || members.containsKey("zip")
                || isOtherType(members.get("typ"))
                || isNested(members.get("cty"));
    }

    private static boolean isOtherType(@Nullable Object type) {
        return type != null && !"JWT".equals(type) && !(type instanceof String text && TYPES.contains(mediaType(text)));
    }

    private static boolean isNested(@Nullable Object contentType) {
        return contentType != null
                && !(contentType instanceof String text && !mediaType(text).equals(NESTED));
    }

    /** A media type without its optional prefix, in lower case (RFC 7515 section 4.1.9); ASCII letters alone. */
    private static String mediaType(String value) {
        StringBuilder lower = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        boolean prefixed = lower.indexOf(MEDIA_TYPE_PREFIX) == 0;
        return prefixed ? lower.substring(MEDIA_TYPE_PREFIX.length()) : lower.toString();
    }
}
