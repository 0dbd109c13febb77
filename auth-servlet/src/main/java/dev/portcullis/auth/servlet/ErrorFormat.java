package dev.portcullis.auth.servlet;

import dev.portcullis.auth.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a refusal is written. The decision is the same in every format. */
public enum ErrorFormat {
    /** {@code application/json} with a single key: {@code {"detail":"Token has expired."}}. */
    DETAIL("application/json"),

    /** {@code application/problem+json}, a problem of type {@code about:blank} (RFC 9457 section 4.2.1). */
    PROBLEM("application/problem+json"),

    /**
     * {@code application/json} with a code, its message and the status, and no other key: {@code {"code": 1000, "message":
     * "You need to authenticate prior to using this functionality", "status": 401}}. An address that is not allowed is 401
     * here.
     */
    CODED("application/json"),

    /**
     * {@code application/json} with one text for whatever is wrong with a credential or a permission. Only the status still
     * tells 401 from 403; the true reason is for the listener. What could not be checked is written as in {@link #DETAIL}.
     */
    OPAQUE("application/json");

    private static final String OPAQUE_TEXT =
            "Your API Key is invalid or it does not have a permission for the requested action.";

    private final String contentType;

    ErrorFormat(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /** The format that is written so in settings. */
    static @Nullable ErrorFormat of(String word) {
        for (ErrorFormat format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(word)) {
                return format;
            }
        }
        return null;
    }

    int status(Reason reason) {
        return this == CODED ? Coded.of(reason).status : reason.status();
    }

    /** The body, with the detail of the reason or of the application's own rule. */
    byte[] body(Reason reason, String detail) {
        String body = switch (this) {
            case DETAIL -> detail(detail);
            case PROBLEM -> problem(reason, detail);
            case CODED -> Coded.of(reason).body();
            case OPAQUE -> reason.status() == 503 ? detail(detail) : "{\"detail\": \"" + OPAQUE_TEXT + "\"}";
        };
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static String detail(String detail) {
        return "{\"detail\":\"" + detail + "\"}";
    }

    private static String problem(Reason reason, String detail) {
        return "{\"type\":\"about:blank\",\"title\":\"" + title(reason.status()) + "\",\"status\":" + reason.status()
                + ",\"detail\":\"" + detail + "\"}";
    }

    /** The status's own phrase, as RFC 9457 section 4.2.1 wants it for {@code about:blank}. */
    private static String title(int status) {
        return switch (status) {
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 503 -> "Service Unavailable";
            default -> throw new IllegalArgumentException("No refusal has the status " + status);
        };
    }

    /**
     * The challenge (RFC 6750 section 3): nothing about an error when nothing was sent, {@code invalid_token} when a
     * credential was. On a 403 it names the scope that is missing; an opaque one is the same for every 403.
     */
    @Nullable
    String challenge(Reason reason, Set<String> required, @Nullable String realm) {
        if (reason == Reason.NO_CREDENTIALS) {
            return realm == null ? "Bearer" : "Bearer realm=\"" + realm + "\"";
        }
        if (status(reason) == 401) {
            String error = "Bearer error=\"invalid_token\"";
            String detail = reason.detail();
            String sentence = detail.substring(0, detail.length() - 1);
            return this == OPAQUE ? error : error + ", error_description=\"" + sentence + "\"";
        }
        if (this == OPAQUE && status(reason) == 403) {
            return "Bearer error=\"insufficient_scope\"";
        }
        return reason == Reason.MISSING_PERMISSION
                ? "Bearer error=\"insufficient_scope\", scope=\"" + String.join(" ", required) + "\""
                : null;
    }

    /** What {@link #CODED} says: the codes are those that clients of trading APIs know. */
    private enum Coded {
        NOT_AUTHENTICATED(1000, 401, "You need to authenticate prior to using this functionality"),
        NOT_AUTHORIZED(1001, 403, "You are not authorized to access this functionality"),
        ADDRESS_NOT_ALLOWED(1008, 401, "Your IP has not been whitelisted for access"),
        UNAVAILABLE(1009, 503, "We are temporarily deactivating this API endpoint, please try again later");

        private final int code;
        private final int status;
        private final String message;

        Coded(int code, int status, String message) {
            this.code = code;
            this.status = status;
            this.message = message;
        }

        static Coded of(Reason reason) {
            if (reason == Reason.ADDRESS_NOT_ALLOWED) {
                return ADDRESS_NOT_ALLOWED;
            }
            return switch (reason.status()) {
                case 401 -> NOT_AUTHENTICATED;
                case 403 -> NOT_AUTHORIZED;
                default -> UNAVAILABLE;
            };
        }

        String body() {
            return "{\"code\": " + code + ", \"message\": \"" + message + "\", \"status\": " + status + "}";
        }
    }
}
