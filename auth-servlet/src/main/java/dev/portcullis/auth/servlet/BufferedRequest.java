package dev.portcullis.auth.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body was read to check its signature, and is there once more for the application: as a stream, blocking
 * or not, as a reader, and as parameters and parts if it is a form. The bytes stand in an attribute of the request, so that a
 * forward and an asynchronous dispatch, which begin with the container's own request, find them again.
 */
final class BufferedRequest extends HttpServletRequestWrapper {

    private static final String BODY_ATTRIBUTE = "dev.portcullis.auth.servlet.body";

    private final byte[] body;
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;
    private @Nullable Map<String, String[]> parameters;
    private @Nullable List<Part> parts;

    private BufferedRequest(HttpServletRequest request, byte[] body) {
        super(request);
        this.body = body;
    }

    /** The request to go on with: the same, unless its body was read. */
    static HttpServletRequest of(HttpServletRequest request) {
        return request.getAttribute(BODY_ATTRIBUTE) instanceof byte[] body
                ? new BufferedRequest(request, body)
                : request;
    }

    /**
     * Reads the body, and keeps it.
     *
     * @return the bytes, or null if there are more than allowed
     */
    static byte @Nullable [] read(HttpServletRequest request, int most) throws IOException {
        if (request.getAttribute(BODY_ATTRIBUTE) instanceof byte[] body) {
            return body.length > most ? null : body;
        }
        byte[] body = request.getInputStream().readNBytes(most == Integer.MAX_VALUE ? most : most + 1);
        if (body.length > most) {
            return null;
        }
        request.setAttribute(BODY_ATTRIBUTE, body);
        return body;
    }

    @Override
    public ServletInputStream getInputStream() {
        if (reader != null) {
            throw new IllegalStateException("getReader() was called for this request already");
        }
        if (stream == null) {
            stream = new BufferedBody(body, this::getAsyncContext);
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() throws UnsupportedEncodingException {
        if (stream != null) {
            throw new IllegalStateException("getInputStream() was called for this request already");
        }
        if (reader == null) {
            reader = new BufferedReader(new InputStreamReader(
                    new BufferedBody(body, this::getAsyncContext), charset(StandardCharsets.ISO_8859_1)));
        }
        return reader;
    }

    /** JSON is UTF-8 whatever stands in the header (RFC 8259 section 8.1); for all else there is a default. */
    private Charset charset(Charset usual) throws UnsupportedEncodingException {
        String named = getCharacterEncoding();
        if (named == null) {
            String type = getContentType();
            return type != null && type.contains("json") ? StandardCharsets.UTF_8 : usual;
        }
        try {
            return Charset.forName(named);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new UnsupportedEncodingException("The request names a charset that is not there");
        }
    }

    private Map<String, String[]> parameters() {
        Map<String, String[]> known = parameters;
        if (known == null) {
            known = FormFields.merged(query(), stream == null && reader == null ? form() : Map.of());
            parameters = known;
        }
        return known;
    }

    /** Some containers look for a multipart form in what was read already, and find it broken off. */
    private Map<String, String[]> query() {
        String query = getQueryString();
        if (!MultipartBody.isOne(getContentType())) {
            return super.getParameterMap();
        }
        return query == null
                ? Map.of()
                : FormFields.merged(
                        Map.of(), FormFields.of(query.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    /** A form that is malformed has no fields. */
    private Map<String, List<String>> form() {
        if (FormFields.isForm(getContentType())) {
            return FormFields.of(body, formCharset());
        }
        try {
            return MultipartBody.isOne(getContentType()) ? MultipartBody.fields(parts()) : Map.of();
        } catch (IOException e) {
            return Map.of();
        }
    }

    private Charset formCharset() {
        try {
            return charset(StandardCharsets.UTF_8);
        } catch (UnsupportedEncodingException e) {
            return StandardCharsets.UTF_8;
        }
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = parameters().get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        String[] values = parameters().get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters().keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.unmodifiableMap(parameters());
    }

    private List<Part> parts() throws IOException {
        List<Part> known = parts;
        if (known == null) {
            Path directory = getServletContext().getAttribute(ServletContext.TEMPDIR) instanceof File temporary
                    ? temporary.toPath()
                    : Path.of(System.getProperty("java.io.tmpdir", "."));
            known = MultipartBody.parts(body, getContentType(), directory);
            parts = known;
        }
        return known;
    }

    /** {@inheritDoc} They stand in memory, and what they are is not looked up in the servlet's settings. */
    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        if (!MultipartBody.isOne(getContentType())) {
            throw new ServletException("The request is not of the type multipart/form-data");
        }
        return parts();
    }

    @Override
    public @Nullable Part getPart(String name) throws IOException, ServletException {
        return getParts().stream()
                .filter(part -> part.getName().equals(name))
                .findFirst()
                .orElse(null);
    }
}
