package dev.portcullis.auth.servlet;

import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart a multipart form that is in memory (RFC 7578, RFC 2046 section 5.1). Strict: whatever breaks off, or has
 * something else behind a boundary than the end of the line, is malformed.
 */
final class MultipartBody {

    private static final int MOST_PARTS = 1000;
    private static final int MOST_HEADERS = 32;
    private static final int LONGEST_BOUNDARY = 70;
    private static final int LONGEST_HEADERS = 8 * 1024;

    private static final byte[] LINE_END = {'\r', '\n'};

    private final byte[] body;
    private final byte[] delimiter;
    private final Path directory;
    private int at;

    private MultipartBody(byte[] body, String boundary, Path directory) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.directory = directory;
    }

    static boolean isOne(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("multipart/form-data");
    }

    /**
     * The parts of a body.
     *
     * @param contentType what {@link #isOne} is true of
     * @param directory where parts are written to that an application gives a relative name
     * @throws IOException if it is malformed, or has too many parts
     */
    static List<Part> parts(byte[] body, String contentType, Path directory) throws IOException {
        String boundary = FieldParameters.of(contentType).get("boundary");
        if (boundary == null || boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
            throw malformed();
        }
        return new MultipartBody(body, boundary, directory).parts();
    }

    private static IOException malformed() {
        return new IOException("The multipart body is malformed, or has too many parts");
    }

    private List<Part> parts() throws IOException {
        List<Part> parts = new ArrayList<>();
        toFirst();
        while (!isLast()) {
            toNextLine();
            if (parts.size() == MOST_PARTS) {
                throw malformed();
            }
            Map<String, List<String>> headers = headers();
            int from = at;
            int end = indexOf(delimiter, from);
            parts.add(BufferedPart.of(headers, Arrays.copyOfRange(body, from, end), directory));
            at = end + delimiter.length;
        }
        return List.copyOf(parts);
    }

    /** The first boundary can stand at the beginning, without an end of a line before it. */
    private void toFirst() throws IOException {
        boolean first =
                Arrays.equals(body, 0, Math.min(body.length, delimiter.length - 2), delimiter, 2, delimiter.length);
        at = first ? delimiter.length - 2 : indexOf(delimiter, 0) + delimiter.length;
    }

    private boolean isLast() {
        return at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
    }

    private void toNextLine() throws IOException {
        while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
            at++;
        }
        if (at + 1 >= body.length || body[at] != '\r' || body[at + 1] != '\n') {
            throw malformed();
        }
        at += 2;
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        int begin = at;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() == MOST_HEADERS || at - begin > LONGEST_HEADERS) {
                throw malformed();
            }
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), none -> new ArrayList<>(1))
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    /** Names are in UTF-8 (RFC 7578 section 5.1.1). */
    private String line() throws IOException {
        int end = indexOf(LINE_END, at);
        String line = new String(body, at, end - at, StandardCharsets.UTF_8);
        at = end + LINE_END.length;
        return line;
    }

    private int indexOf(byte[] wanted, int from) throws IOException {
        for (int i = from; i <= body.length - wanted.length; i++) {
            if (body[i] == wanted[0] && Arrays.equals(body, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw malformed();
    }

    /** The fields among the parts: what has a name of a file is none (Servlet 6.1 section 3.2). */
    static Map<String, List<String>> fields(List<Part> parts) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (Part part : parts) {
            if (part instanceof BufferedPart buffered && part.getSubmittedFileName() == null) {
                fields.computeIfAbsent(part.getName(), none -> new ArrayList<>(1))
                        .add(buffered.text());
            }
        }
        return fields;
    }
}
