package dev.portcullis.auth.signature;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The body of a signed request. */
final class SignedBody {

    private SignedBody() {}

    /**
     * Reads a body of any type.
     *
     * @param most how many bytes it can have
     * @return the bytes; empty if there is no body
     * @throws UnacceptableRequestException if there is one where there must be none, it is too large, breaks off, or is
     *     compressed
     */
    static byte[] read(AuthRequest request, int most) throws UnacceptableRequestException {
        boolean allowed = isAllowed(request.method());
        if (allowed && declaredLength(request) > most) {
            throw new UnacceptableRequestException(Reason.BODY_TOO_LARGE);
        }
        byte[] body;
        try {
            body = request.body(most);
        } catch (IOException e) {
            throw new UnacceptableRequestException(Reason.BODY_INCOMPLETE);
        }
        if (!allowed && (body == null || body.length > 0)) {
            throw new UnacceptableRequestException(Reason.BODY_NOT_ALLOWED);
        }
        if (body == null) {
            throw new UnacceptableRequestException(Reason.BODY_TOO_LARGE);
        }
        if (body.length > 0 && isEncoded(request)) {
            throw new UnacceptableRequestException(Reason.BODY_NOT_SIGNABLE);
        }
        return body;
    }

    /**
     * Reads a body that is JSON by its type, and begins with a character that cannot stand in a target: as nothing marks
     * where the target ends, any other could be a part of that.
     *
     * @param most how many bytes it can have
     * @return the bytes; empty if there is no body
     * @throws UnacceptableRequestException as of {@link #read}, and if it is no such body
     */
    static byte[] readJSON(AuthRequest request, int most) throws UnacceptableRequestException {
        byte[] body = read(request, most);
        if (body.length > 0 && !(isJSON(request.headers("content-type")) && beginsApart(body[0]))) {
            throw new UnacceptableRequestException(Reason.BODY_NOT_SIGNABLE);
        }
        return body;
    }

    private static boolean isAllowed(String method) {
        return switch (method) {
            case "GET", "HEAD", "DELETE" -> false;
            default -> true;
        };
    }

    private static long declaredLength(AuthRequest request) {
        List<String> lengths = request.headers("content-length");
        if (lengths.size() != 1) {
            return 0;
        }
        String digits = lengths.get(0);
        boolean number = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number && digits.length() < 19 ? Long.parseLong(digits) : Long.MAX_VALUE;
    }

    private static boolean isEncoded(AuthRequest request) {
        return request.headers("content-encoding").stream().anyMatch(coding -> !coding.equalsIgnoreCase("identity"));
    }

    /** {@code application/json}, or another type with the suffix {@code +json} (RFC 6839), in UTF-8. */
    private static boolean isJSON(List<String> types) {
        if (types.size() != 1) {
            return false;
        }
        String[] parts = types.get(0).toLowerCase(Locale.ROOT).split(";", -1);
        String type = parts[0].strip();
        boolean json = type.equals("application/json") || type.matches("application/[a-z0-9!#$&^_.+-]+\\+json");
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            json &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        return json;
    }

    private static boolean beginsApart(byte first) {
        return switch (first) {
            case '{', '[', '"', ' ', '\t', '\r', '\n' -> true;
            default -> false;
        };
    }
}
