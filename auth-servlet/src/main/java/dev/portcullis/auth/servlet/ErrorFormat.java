package dev.portcullis.auth.servlet;

import dev.portcullis.auth.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

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

    private static final String OPAQUE_WORDS =
            "Your API Key is invalid or it does not have a permission for the requested action.";

    private static final String OPAQUE_BODY = "{\"detail\": \"" + OPAQUE_WORDS + "\"}";

    private static final JsonFactory JSON = new JsonFactory();

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
        return this == CODED ? Code.of(reason).status() : reason.status();
    }

    /** The body, with the detail of the reason or of the application's own rule. */
    byte[] body(Reason reason, String detail) {
        if (this == CODED) {
            return Code.of(reason).body(status(reason));
        }
        return hides(reason) ? OPAQUE_BODY.getBytes(StandardCharsets.UTF_8) : body(reason.status(), detail, Map.of());
    }

    private boolean hides(Reason reason) {
        return this == OPAQUE && reason.status() != 503;
    }

    /** What is said where there is room for one sentence alone. */
    String words(Reason reason) {
        return hides(reason) ? OPAQUE_WORDS : reason.detail();
    }

    /**
     * The body of what is no matter of a credential or a permission; in {@link #OPAQUE} nothing of it is hidden.
     *
     * @param errors what is wrong with which field, in words; if there is nothing, the body says nothing of fields
     */
    byte[] body(int status, String detail, Map<String, List<String>> errors) {
        if (this == CODED) {
            return Code.of(status).body(status);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            if (this == PROBLEM) {
                out.writeStringProperty("type", "about:blank");
                out.writeStringProperty("title", title(status));
                out.writeNumberProperty("status", status);
            }
            out.writeStringProperty("detail", detail);
            if (!errors.isEmpty()) {
                writeErrors(out, errors);
            }
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void writeErrors(JsonGenerator out, Map<String, List<String>> errors) {
        out.writeObjectPropertyStart("errors");
        errors.forEach((field, messages) -> {
            out.writeArrayPropertyStart(field);
            messages.forEach(out::writeString);
            out.writeEndArray();
        });
        out.writeEndObject();
    }

    /** The status's own phrase, as RFC 9457 section 4.2.1 wants it for {@code about:blank}. */
    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 429 -> "Too Many Requests";
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
}
