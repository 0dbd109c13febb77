package dev.portcullis.auth.servlet;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** How the body of a refusal is written. The decision and its exact words are the same in every format. */
public enum ErrorFormat {
    /** {@code application/json} with a single key: {@code {"detail":"Token has expired."}}. */
    DETAIL("application/json"),

    /** {@code application/problem+json}, a problem of type {@code about:blank} (RFC 9457 section 4.2.1). */
    PROBLEM("application/problem+json");

    private static final JsonFactory JSON = new JsonFactory();

    private final String contentType;

    ErrorFormat(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /**
     * A body.
     *
     * @param errors what is wrong with which field, in words; if there is nothing, the body says nothing of fields
     */
    byte[] body(int status, String detail, Map<String, List<String>> errors) {
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
            case 503 -> "Service Unavailable";
            default -> throw new IllegalArgumentException("No refusal has the status " + status);
        };
    }
}
