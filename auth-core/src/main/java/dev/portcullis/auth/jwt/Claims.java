package dev.portcullis.auth.jwt;

import dev.portcullis.auth.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a token (RFC 7519 section 4), each registered one of the JSON type that the RFC gives it. Dates are
 * seconds since 1970-01-01T00:00:00Z, with fractions.
 */
final class Claims {

    /** The first second of the year 10000. */
    private static final double YEAR_10000 = 253_402_300_800.0;

    private final Map<String, Object> all;
    private final @Nullable String issuer;
    private final @Nullable String subject;
    private final List<String> audience;
    private final double expiresAt;
    private final double notBefore;
    private final double issuedAt;

    private Claims(Map<String, Object> all) throws TokenRejection {
        this.all = all;
        this.issuer = text("iss");
        this.subject = text("sub");
        text("jti");
        this.audience = texts(all.get("aud"));
        this.expiresAt = date("exp", Double.NaN);
        this.notBefore = date("nbf", Double.NEGATIVE_INFINITY);
        this.issuedAt = date("iat", Double.NEGATIVE_INFINITY);
    }

    /**
     * Reads the registered claims.
     *
     * @param all every claim by name
     * @return the claims
     * @throws TokenRejection if one has the wrong type, there is no {@code exp}, it is out of range, or there is a
     *     {@code cnf}
     */
    static Claims of(Map<String, Object> all) throws TokenRejection {
        Claims claims = new Claims(all);
        if (!(claims.expiresAt >= 0 && claims.expiresAt < YEAR_10000)) {
            throw new TokenRejection(Reason.MALFORMED_CLAIMS);
        }
        if (all.containsKey("cnf")) {
            throw new TokenRejection(Reason.TOKEN_BOUND_TO_KEY);
        }
        return claims;
    }

    private @Nullable String text(String name) throws TokenRejection {
        Object value = all.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new TokenRejection(Reason.MALFORMED_CLAIMS);
    }

    /** {@code aud} is one string or an array of strings (RFC 7519 section 4.1.3). */
    private static List<String> texts(@Nullable Object value) throws TokenRejection {
        if (value == null) {
            return List.of();
        }
        if (value instanceof String text) {
            return List.of(text);
        }
        if (value instanceof List<?> elements) {
            List<String> texts = new ArrayList<>(elements.size());
            for (Object element : elements) {
                if (!(element instanceof String text)) {
                    throw new TokenRejection(Reason.MALFORMED_CLAIMS);
                }
                texts.add(text);
            }
            return texts;
        }
        throw new TokenRejection(Reason.MALFORMED_CLAIMS);
    }

    private double date(String name, double absent) throws TokenRejection {
        Object value = all.get(name);
        if (value == null) {
            return absent;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new TokenRejection(Reason.MALFORMED_CLAIMS);
    }

    @Nullable
    String issuer() {
        return issuer;
    }

    @Nullable
    String subject() {
        return subject;
    }

    List<String> audience() {
        return audience;
    }

    double expiresAt() {
        return expiresAt;
    }

    double notBefore() {
        return notBefore;
    }

    double issuedAt() {
        return issuedAt;
    }

    /** {@code azp} (OpenID Connect Core section 2). */
    @Nullable
    Object authorizedParty() {
        return all.get("azp");
    }

    /**
     * The permissions that a claim grants: a list of strings, or one space-separated string. Anything else, and any
     * entry that is not a string, grants nothing.
     */
    void addPermissions(String claim, Collection<String> granted) {
        Object value = all.get(claim);
        if (value instanceof String text) {
            for (String one : text.split(" ", -1)) {
                if (!one.isEmpty()) {
                    granted.add(one);
                }
            }
        } else if (value instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof String one) {
                    granted.add(one);
                }
            }
        }
    }

    /** Every claim by name, for the application; members and elements that are {@code null} are left out. */
    Map<String, Object> asAttributes() {
        return holdsNull(all) ? withoutNulls(all) : all;
    }

    private static boolean holdsNull(Object value) {
        if (value instanceof Map<?, ?> members) {
            return members.values().stream().anyMatch(Claims::holdsNull);
        }
        if (value instanceof List<?> elements) {
            return elements.stream().anyMatch(Claims::holdsNull);
        }
        return value == JSONNull.NULL;
    }

    private static Map<String, Object> withoutNulls(Map<?, ?> members) {
        Map<String, Object> kept = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            if (value != JSONNull.NULL) {
                kept.put((String) name, cleaned(value));
            }
        });
        return Collections.unmodifiableMap(kept);
    }

    private static Object cleaned(Object value) {
        if (value instanceof Map<?, ?> members) {
            return withoutNulls(members);
        }
        if (value instanceof List<?> elements) {
            return elements.stream()
                    .filter(element -> element != JSONNull.NULL)
                    .map(Claims::cleaned)
                    .toList();
        }
        return value;
    }

    /** The claims' names alone: their values can be personal. */
    @Override
    public String toString() {
        return "Claims" + all.keySet();
    }
}
