package dev.portcullis.auth.servlet;

import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a form that is in memory. */
final class BufferedPart implements Part {

    private final Map<String, List<String>> headers;
    private final byte[] content;
    private final Path directory;
    private final String name;
    private final @Nullable String fileName;

    private BufferedPart(
            Map<String, List<String>> headers, byte[] content, Path directory, String name, @Nullable String fileName) {
        this.headers = headers;
        this.content = content;
        this.directory = directory;
        this.name = name;
        this.fileName = fileName;
    }

    /**
     * A part.
     *
     * @param headers by name in lower case
     * @throws IOException if it has no name (RFC 7578 section 4.2)
     */
    static BufferedPart of(Map<String, List<String>> headers, byte[] content, Path directory) throws IOException {
        List<String> dispositions = headers.getOrDefault("content-disposition", List.of());
        Map<String, String> parameters =
                dispositions.size() == 1 ? FieldParameters.of(dispositions.get(0)) : Map.<String, String>of();
        String name = parameters.get("name");
        if (name == null || !dispositions.get(0).toLowerCase(Locale.ROOT).startsWith("form-data")) {
            throw new IOException("A part of the multipart body has no name");
        }
        return new BufferedPart(headers, content, directory, name, parameters.get("filename"));
    }

    /** What it holds as a field. */
    String text() {
        String type = getContentType();
        String named = type == null ? null : FieldParameters.of(type).get("charset");
        return new String(content, named == null ? StandardCharsets.UTF_8 : charset(named));
    }

    private static Charset charset(String named) {
        try {
            return Charset.forName(named);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(content);
    }

    @Override
    public @Nullable String getContentType() {
        return getHeader("content-type");
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public @Nullable String getSubmittedFileName() {
        return fileName;
    }

    @Override
    public long getSize() {
        return content.length;
    }

    @Override
    public void write(String file) throws IOException {
        Files.write(directory.resolve(file), content);
    }

    /** There is no file of it. */
    @Override
    public void delete() {}

    @Override
    public @Nullable String getHeader(String header) {
        List<String> values = headers.get(header.toLowerCase(Locale.ROOT));
        return values == null ? null : values.get(0);
    }

    @Override
    public Collection<String> getHeaders(String header) {
        return List.copyOf(headers.getOrDefault(header.toLowerCase(Locale.ROOT), List.of()));
    }

    @Override
    public Collection<String> getHeaderNames() {
        return List.copyOf(headers.keySet());
    }
}
