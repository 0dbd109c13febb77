package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.servlet.RequestFault;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The bytes of a request's body, no more than a limit. */
final class RequestBody {

    private static final String MEDIA_TYPE = "application/json";

    private RequestBody() {}

    /**
     * Reads a body of any type.
     *
     * @return the bytes, empty if there is no body
     * @throws RequestFaultException if it is too large
     * @throws IOException if it cannot be received
     */
    static byte[] read(HttpServletRequest request, int mostBytes) throws RequestFaultException, IOException {
        if (request.getContentLengthLong() > mostBytes) {
            throw new RequestFaultException(RequestFault.BODY_TOO_LARGE);
        }
        byte[] body = request.getInputStream().readNBytes(mostBytes + 1);
        if (body.length > mostBytes) {
            throw new RequestFaultException(RequestFault.BODY_TOO_LARGE);
        }
        return body;
    }

    /**
     * Reads a body that is JSON by its media type, in UTF-8 and not compressed. Where there is none, the media type does
     * not matter.
     *
     * @return the bytes, empty if there is no body
     * @throws RequestFaultException if it is too large or of another type
     * @throws IOException if it cannot be received
     */
    static byte[] readJSON(HttpServletRequest request, int mostBytes) throws RequestFaultException, IOException {
        byte[] body = read(request, mostBytes);
        if (body.length > 0) {
            requireJSON(request);
        }
        return body;
    }

    private static void requireJSON(HttpServletRequest request) throws RequestFaultException {
        String encoding = request.getHeader("Content-Encoding");
        boolean plain = encoding == null || encoding.equalsIgnoreCase("identity");
        if (!plain || !isJSON(request.getContentType())) {
            throw new RequestFaultException(RequestFault.UNSUPPORTED_MEDIA_TYPE);
        }
    }

    /** RFC 8259 section 11 has no parameters; {@code charset} is let be where it says what is so anyway. */
    private static boolean isJSON(@Nullable String type) {
        if (type == null) {
            return false;
        }
        String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
        boolean json = parts[0].strip().equals(MEDIA_TYPE);
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            json &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        return json;
    }
}
