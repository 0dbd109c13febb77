package dev.portcullis.auth.jwt;

import dev.portcullis.auth.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules for one token, each with what came of it. The rules themselves are those that {@link JWKSAuthentication}
 * applies; here is only which of them can still be asked after one was not met.
 */
final class TokenChecks {

    /** In the order in which they are decided. */
    private static final List<Reason> ORDER = List.of(
            Reason.EMPTY_BEARER,
            Reason.BEARER_WITH_SPACES,
            Reason.MALFORMED_TOKEN,
            Reason.INVALID_SIGNING_ALGORITHM,
            Reason.UNSUPPORTED_TOKEN_HEADER,
            Reason.SIGNING_KEYS_UNAVAILABLE,
            Reason.UNKNOWN_SIGNING_KEY,
            Reason.INVALID_SIGNATURE,
            Reason.MALFORMED_CLAIMS,
            Reason.TOKEN_BOUND_TO_KEY,
            Reason.TOKEN_EXPIRED,
            Reason.TOKEN_NOT_YET_VALID,
            Reason.INVALID_AUDIENCE,
            Reason.INVALID_ISSUER,
            Reason.INVALID_AUTHORIZED_PARTY);

    private static final List<Reason> CLAIM_RULES = ORDER.subList(ORDER.indexOf(Reason.TOKEN_EXPIRED), ORDER.size());

    private static final List<String> REGISTERED = List.of("iss", "sub", "jti", "aud", "exp", "nbf", "iat");

    private final TokenParts parts;
    private final Map<Reason, TokenInspection.Check> made = new EnumMap<>(Reason.class);

    TokenChecks(TokenParts parts) {
        this.parts = parts;
    }

    List<TokenInspection.Check> inOrder() {
        List<TokenInspection.Check> checks = new ArrayList<>();
        for (Reason reason : ORDER) {
            checks.add(made.getOrDefault(
                    reason, new TokenInspection.Check(reason, TokenInspection.Result.NOT_CHECKED, null)));
        }
        return checks;
    }

    /** How the token would be sent. Whether there is anything to go on with. */
    boolean presentation(@Nullable Reason fault) {
        if (fault == Reason.EMPTY_BEARER) {
            result(Reason.EMPTY_BEARER, false, null);
            return false;
        }
        result(Reason.EMPTY_BEARER, true, null);
        result(Reason.BEARER_WITH_SPACES, fault == null, null);
        return fault == null;
    }

    void tooLong(int most) {
        result(Reason.MALFORMED_TOKEN, false, "it has more than " + most + " characters");
    }

    /** Form and header. Whether there is anything to go on with. */
    boolean header(@Nullable Reason fault) {
        Map<String, Object> header = parts.header();
        if (fault == Reason.MALFORMED_TOKEN || header == null) {
            result(Reason.MALFORMED_TOKEN, false, parts.formProblem());
            return false;
        }
        result(Reason.MALFORMED_TOKEN, true, null);
        result(Reason.INVALID_SIGNING_ALGORITHM, TokenHeader.isRS256(header), null);
        Map<String, Object> rest = new HashMap<>(header);
        rest.put("alg", "RS256");
        result(Reason.UNSUPPORTED_TOKEN_HEADER, !TokenHeader.changesMeaning(rest), null);
        return true;
    }

    /** Without keys nothing can be said of key and signature. Whether there are any. */
    boolean keys(@Nullable KeySetReport keys) {
        String missing = keys == null ? "no keys were given" : null;
        if (keys != null) {
            String problem = keys.problem();
            result(Reason.SIGNING_KEYS_UNAVAILABLE, problem == null, problem == null ? null : "the key set " + problem);
            missing = problem == null ? null : "there are no keys";
        }
        if (missing == null) {
            return true;
        }
        for (Reason reason :
                List.of(Reason.SIGNING_KEYS_UNAVAILABLE, Reason.UNKNOWN_SIGNING_KEY, Reason.INVALID_SIGNATURE)) {
            if (!made.containsKey(reason)) {
                skip(reason, missing);
            }
        }
        return false;
    }

    /** The key that the header names, and the signature by it. */
    void signature(UnverifiedToken token, KeySet keys) {
        TokenHeader header = token.header();
        SigningKey key = header.canNameKey() ? keys.find(header.keyID()) : null;
        result(Reason.UNKNOWN_SIGNING_KEY, key != null, key == null ? keyProblem(header) : null);
        if (key == null) {
            skip(Reason.INVALID_SIGNATURE, "there is no key to check it with");
            return;
        }
        Reason fault = null;
        try {
            token.verify(key);
        } catch (TokenRejection e) {
            fault = e.reason();
        }
        result(Reason.INVALID_SIGNATURE, fault != Reason.INVALID_SIGNATURE, null);
    }

    private static String keyProblem(TokenHeader header) {
        if (header.keyID() != null) {
            return "no usable key has this kid";
        }
        return header.hasKeyID() ? "its kid is not a string" : "it has no kid, and there is not exactly one usable key";
    }

    /** What the claims say, verified or not. */
    void claims(ClaimRules rules, double now, double skew) {
        Map<String, Object> members = parts.payload();
        if (members == null) {
            result(Reason.MALFORMED_CLAIMS, false, parts.payloadProblem());
            return;
        }
        Claims claims = typed(members);
        if (claims != null) {
            Set<Reason> unmet = rules.unmet(claims, now, skew);
            CLAIM_RULES.forEach(reason -> result(reason, !unmet.contains(reason), null));
        }
    }

    private @Nullable Claims typed(Map<String, Object> members) {
        boolean bound = members.containsKey("cnf");
        Map<String, Object> plain = new HashMap<>(members);
        plain.remove("cnf");
        try {
            Claims claims = Claims.of(plain);
            result(Reason.MALFORMED_CLAIMS, true, null);
            result(
                    Reason.TOKEN_BOUND_TO_KEY,
                    fault(members) != Reason.TOKEN_BOUND_TO_KEY,
                    bound ? "it has a cnf" : null);
            return claims;
        } catch (TokenRejection e) {
            result(Reason.MALFORMED_CLAIMS, false, typeProblem(members));
            return null;
        }
    }

    private static @Nullable Reason fault(Map<String, Object> members) {
        try {
            Claims.of(members);
            return null;
        } catch (TokenRejection e) {
            return e.reason();
        }
    }

    /** Each claim by itself, beside an expiry that is one. */
    private static String typeProblem(Map<String, Object> members) {
        for (String name : REGISTERED) {
            Object value = members.get(name);
            if (value == null && name.equals("exp")) {
                return "it has no exp";
            }
            Map<String, Object> alone = new HashMap<>(Map.of("exp", 0L));
            alone.put(name, value == null ? 0L : value);
            if (value != null && fault(alone) != null) {
                return name.equals("exp")
                        ? "its exp is not a date from 1970 to 9999"
                        : "its " + name + " has the wrong JSON type";
            }
        }
        return "a claim has the wrong JSON type";
    }

    /** Has a check count as not made, whatever came of it. */
    void skip(Reason reason, String note) {
        made.put(reason, new TokenInspection.Check(reason, TokenInspection.Result.NOT_CHECKED, note));
    }

    /** Says more about a check that was made. */
    void note(Reason reason, String note) {
        made.computeIfPresent(reason, (same, check) -> new TokenInspection.Check(reason, check.result(), note));
    }

    private void result(Reason reason, boolean met, @Nullable String note) {
        TokenInspection.Result result = met ? TokenInspection.Result.PASSED : TokenInspection.Result.FAILED;
        made.put(reason, new TokenInspection.Check(reason, result, note));
    }
}
