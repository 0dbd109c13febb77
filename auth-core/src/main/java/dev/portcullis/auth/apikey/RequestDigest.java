package dev.portcullis.auth.apikey;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Instant;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells requests apart by what they ask for, however that was written down. */
final class RequestDigest {

    private static final int LONGEST_KEY = 255;

    private RequestDigest() {}

    static @Nullable KeyFault faultOf(String idempotencyKey) {
        boolean ok = !idempotencyKey.isEmpty()
                && idempotencyKey.length() <= LONGEST_KEY
                && idempotencyKey.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        return ok ? null : KeyFault.MALFORMED_IDEMPOTENCY_KEY;
    }

    static SHA256 of(String idempotencyKey) {
        return SHA256.of(SecretText.of(idempotencyKey));
    }

    /** Each part stands behind its length, so that no two requests are written alike. */
    static SHA256 of(KeyRequest request) {
        StringBuilder text = new StringBuilder();
        append(text, request.name);
        append(text, request.environment.label());
        Instant expiresAt = request.expiresAt;
        append(text, expiresAt == null ? "" : Long.toString(expiresAt.toEpochMilli()));
        new TreeSet<>(request.scopes).forEach(scope -> append(text, scope));
        if (!request.allowList.isEmpty()) {
            append(text, " " + String.join(" ", request.allowList)); // no scope has a space
        }
        return SHA256.of(SecretText.of(text.toString()));
    }

    private static void append(StringBuilder text, String part) {
        text.append(part.length()).append(':').append(part);
    }
}
