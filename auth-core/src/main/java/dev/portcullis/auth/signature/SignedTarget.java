package dev.portcullis.auth.signature;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.Reason;
import org.jspecify.annotations.Nullable;

/** The target of a request as it is signed: in origin-form, and with no character that RFC 3986 does not allow there. */
final class SignedTarget {

    /** {@code pchar} of RFC 3986 section 3.3 without {@code %}, and what stands between segments, and before and in a query. */
    private static final String PLAIN =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?";

    private static final long PLAIN_BELOW_64 = plainFrom(0);
    private static final long PLAIN_FROM_64 = plainFrom(64);

    private SignedTarget() {}

    private static long plainFrom(int first) {
        return PLAIN.chars()
                .filter(c -> c >= first && c < first + 64)
                .mapToLong(c -> 1L << c)
                .sum();
    }

    /**
     * The target of a request.
     *
     * @throws UnacceptableRequestException if it is malformed
     */
    static String of(AuthRequest request) throws UnacceptableRequestException {
        String target = request.target();
        if (target == null || !isWellFormed(target)) {
            throw new UnacceptableRequestException(Reason.MALFORMED_REQUEST_TARGET);
        }
        return target;
    }

    /** Whether this is a path and perhaps a query. It is taken as it was sent: nothing is decoded or resolved. */
    static boolean isWellFormed(@Nullable String target) {
        if (target == null || target.isEmpty() || target.charAt(0) != '/') {
            return false;
        }
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '%') {
                if (i + 2 >= target.length() || !isHex(target.charAt(i + 1)) || !isHex(target.charAt(i + 2))) {
                    return false;
                }
            } else if (!isPlain(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return c < 128 && ((c < 64 ? PLAIN_BELOW_64 : PLAIN_FROM_64) >>> c & 1) != 0;
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
