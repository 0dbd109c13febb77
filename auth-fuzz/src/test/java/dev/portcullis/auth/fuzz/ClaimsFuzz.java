package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A header and, from the second line on, a payload, signed by the issuer whatever they are. What is let in is judged once
 * more, by another parser of JSON and the rules as the contract has them; and it is let in in this spelling alone.
 */
public final class ClaimsFuzz {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static final String MALFORMED = "Invalid token.";
    private static final Set<String> PLAIN_HEADER = Set.of("alg", "kid", "typ");
    private static final Set<String> PLAIN_CLAIMS = Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "permissions");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final AuthenticationMethod METHOD = Tokens.method();

    private ClaimsFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Bounds.isLetIn(bytes, ClaimsFuzz::isLetIn);
    }

    /** Whether it is let in; throws if that, or what is told, is not as it must be. */
    static boolean isLetIn(byte[] bytes) {
        byte[] payload = Input.after(bytes, 1);
        byte[] header = Arrays.copyOf(bytes, bytes.length - payload.length);
        String token = Tokens.sign(header, payload);
        Outcome outcome = send(token);
        Input.require(again(outcome, send(token)), "a second look decides otherwise");
        JsonNode claims = object(payload);
        String expected = told(object(header), claims);
        Input.require(expected == null || expected.equals(told(outcome)), expected + " but it is " + outcome);
        if (outcome instanceof Outcome.Authenticated authenticated) {
            Input.require(isOfTheProfile(object(header)), "a header that is not of the profile is let in");
            if (claims == null || !isMeantForUs(claims)) {
                throw new AssertionError("claims that do not meet the rules are let in");
            }
            isWhoItSays(authenticated.caller(), claims);
            spelledOtherwise(token, bytes.length);
        } else {
            Input.require(
                    outcome instanceof Outcome.Rejected rejected
                            && rejected.reason().status() == 401,
                    "it is neither let in nor rejected");
        }
        return outcome instanceof Outcome.Authenticated;
    }

    private static String told(Outcome outcome) {
        return outcome instanceof Outcome.Rejected rejected ? rejected.reason().detail() : "let in";
    }

    /** What the contract says, in its order, of what it says anything exact of; null for the rest. */
    private static @Nullable String told(@Nullable JsonNode header, @Nullable JsonNode claims) {
        if (header == null) {
            return MALFORMED;
        }
        if (!header.path("alg").stringValue("").equals("RS256")) {
            return "Invalid signing algorithm.";
        }
        if (!isOfTheProfile(header)) {
            return MALFORMED;
        }
        if (!PLAIN_HEADER.containsAll(header.propertyNames())
                || !header.path("kid").stringValue("k").equals("k")) {
            return null;
        }
        return claims == null ? MALFORMED : toldOf(claims);
    }

    private static @Nullable String toldOf(JsonNode claims) {
        JsonNode audience = claims.path("aud");
        boolean plain = PLAIN_CLAIMS.containsAll(claims.propertyNames())
                && Stream.of("iat", "nbf").allMatch(date -> isMissingOr(claims.path(date), ClaimsFuzz::isPlainDate))
                && isMissingOr(claims.path("sub"), JsonNode::isString)
                && isMissingOr(claims.path("iss"), JsonNode::isString)
                && isMissingOr(audience, JsonNode::isString);
        if (!plain || !isMissingOr(claims.path("exp"), ClaimsFuzz::isPlainDate)) {
            return null;
        }
        long now = Tokens.NOW.getEpochSecond();
        if (claims.path("exp").isMissingNode()) {
            return MALFORMED;
        } else if (claims.path("exp").longValue() <= now) {
            return "Token has expired.";
        } else if (!isPast(claims.path("nbf"), now + 5.0) || !isPast(claims.path("iat"), now + 5.0)) {
            return "Token is not yet valid.";
        } else if (!audience.stringValue("").equals(Tokens.AUDIENCE)) {
            return "Invalid audience.";
        }
        return claims.path("iss").stringValue("").equals(Tokens.ISSUER) ? "let in" : "Invalid issuer.";
    }

    private static boolean isMissingOr(JsonNode node, Predicate<JsonNode> holds) {
        return node.isMissingNode() || holds.test(node);
    }

    private static boolean isPlainDate(JsonNode node) {
        return node.isIntegralNumber()
                && node.canConvertToLong()
                && node.longValue() >= 0
                && node.longValue() < 253_402_300_800L;
    }

    private static Outcome send(String token) {
        return METHOD.authenticate(Sent.with("authorization", "Bearer " + token));
    }

    private static boolean again(Outcome first, Outcome second) {
        if (first instanceof Outcome.Authenticated one && second instanceof Outcome.Authenticated other) {
            return Objects.equals(one.caller().subject(), other.caller().subject())
                    && one.caller().permissions().equals(other.caller().permissions());
        }
        return first instanceof Outcome.Rejected one
                && second instanceof Outcome.Rejected other
                && one.reason() == other.reason();
    }

    /** Strict UTF-8, also where it is escaped, one JSON object, no member twice; null if it is anything else. */
    private static @Nullable JsonNode object(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonNode node = JSON.readTree(text);
            String content = String.valueOf(JSON.treeToValue(node, Object.class));
            boolean whole = StandardCharsets.UTF_8.newEncoder().canEncode(content);
            return node.isObject() && whole ? node : null;
        } catch (CharacterCodingException | JacksonException e) {
            return null;
        }
    }

    private static boolean isOfTheProfile(@Nullable JsonNode header) {
        if (header == null
                || !header.path("alg").isString()
                || !header.path("alg").stringValue().equals("RS256")) {
            return false;
        }
        JsonNode type = header.path("typ");
        boolean jwt = type.isMissingNode()
                || (type.isString()
                        && Set.of("jwt", "at+jwt", "application/jwt", "application/at+jwt")
                                .contains(type.stringValue().toLowerCase(Locale.ROOT)));
        return jwt && !header.has("crit") && !header.has("b64") && !header.has("zip");
    }

    private static boolean isMeantForUs(JsonNode claims) {
        double now = Tokens.NOW.getEpochSecond();
        JsonNode exp = claims.path("exp");
        boolean timely = exp.isNumber()
                && exp.doubleValue() > now
                && exp.doubleValue() < 253_402_300_800.0
                && isPast(claims.path("nbf"), now + 5)
                && isPast(claims.path("iat"), now + 5);
        JsonNode audience = claims.path("aud");
        boolean ours = audience.isArray()
                ? audience.valueStream()
                        .anyMatch(one -> one.equals(JSON.getNodeFactory().stringNode(Tokens.AUDIENCE)))
                : audience.isString() && audience.stringValue().equals(Tokens.AUDIENCE);
        JsonNode issuer = claims.path("iss");
        return timely
                && ours
                && issuer.isString()
                && issuer.stringValue().equals(Tokens.ISSUER)
                && !claims.has("cnf")
                && (claims.path("sub").isMissingNode() || claims.path("sub").isString());
    }

    private static boolean isPast(JsonNode date, double latest) {
        return date.isMissingNode() || (date.isNumber() && date.doubleValue() <= latest);
    }

    private static void isWhoItSays(Caller caller, JsonNode claims) {
        String subject = claims.path("sub").isString() ? claims.path("sub").stringValue() : "";
        String told = caller.subject() == null ? "" : caller.subject();
        Input.require(told.equals(subject), "the subject is another");
        JsonNode claim = claims.path("permissions");
        Set<String> permissions = new HashSet<>();
        if (claim.isString()) {
            permissions.addAll(List.of(claim.stringValue().split(" ", -1)));
            permissions.remove("");
        } else if (claim.isArray()) {
            claim.valueStream().filter(JsonNode::isString).forEach(one -> permissions.add(one.stringValue()));
        }
        Input.require(caller.permissions().equals(permissions), "the permissions are others");
    }

    /** Padding, a character more, another case, and bits that stand for nothing: none is the same token. */
    private static void spelledOtherwise(String token, int choice) {
        int end = token.length() - 1;
        int last = ALPHABET.indexOf(token.charAt(end));
        char other = ALPHABET.charAt(last ^ (1 + Math.floorMod(choice, 15)));
        int dot = token.indexOf('.');
        for (String spelling : List.of(
                token + "=",
                token + ".",
                token.substring(0, end) + other,
                token.substring(0, dot) + "=" + token.substring(dot),
                token.substring(0, dot) + "." + token.substring(dot),
                token.replace('-', '+').replace('_', '/') + "A",
                token.toLowerCase(Locale.ROOT))) {
            Input.require(!(send(spelling) instanceof Outcome.Authenticated), "it is let in in another spelling");
        }
    }
}
