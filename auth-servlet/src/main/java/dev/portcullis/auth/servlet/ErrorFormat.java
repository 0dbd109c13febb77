package dev.portcullis.auth.servlet;

import dev.portcullis.auth.Reason;
import java.nio.charset.StandardCharsets;

/** How the body of a refusal is written. The decision and its exact words are the same in every format. */
public enum ErrorFormat {
    /** {@code application/json} with a single key: {@code {"detail":"Token has expired."}}. */
    DETAIL("application/json"),

    /** {@code application/problem+json}, a problem of type {@code about:blank} (RFC 9457 section 4.2.1). */
    PROBLEM("application/problem+json");

    private final String contentType;

    ErrorFormat(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    byte[] body(Reason reason) {
        String body = switch (this) {
            case DETAIL -> "{\"detail\":\"" + reason.detail() + "\"}";
            case PROBLEM -> problem(reason);
        };
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static String problem(Reason reason) {
        return "{\"type\":\"about:blank\",\"title\":\"" + title(reason.status()) + "\",\"status\":" + reason.status()
                + ",\"detail\":\"" + reason.detail() + "\"}";
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
}
