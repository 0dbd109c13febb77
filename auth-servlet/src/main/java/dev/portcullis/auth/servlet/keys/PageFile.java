package dev.portcullis.auth.servlet.keys;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One of the files that the page consists of. */
final class PageFile {

    private static final String INDEX = "index.html";

    private static final Map<String, PageFile> ALL = Stream.of(
                    INDEX, "page.css", "page.js", "client.js", "dialogs.js", "rows.js", "words.js", "icon.svg")
            .collect(Collectors.toUnmodifiableMap(name -> name, PageFile::read));

    private final String type;
    private final byte[] bytes;
    private final String tag;

    private PageFile(String type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
        this.tag = tag(bytes);
    }

    /** The file of a name, or null if there is none. The page itself has no name. */
    static @Nullable PageFile named(String name) {
        return name.equals(INDEX) ? null : ALL.get(name.isEmpty() ? INDEX : name);
    }

    private static PageFile read(String name) {
        try (InputStream in = PageFile.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("page/" + name + " is not beside its class");
            }
            return new PageFile(type(name), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html;charset=utf-8";
            case "css" -> "text/css;charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "text/javascript;charset=utf-8";
        };
    }

    /** A strong validator (RFC 9110 section 8.8.3). */
    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * The same with the addresses that it names. They need no escaping, for they are checked where they are set; a context
     * path is the deployer's.
     */
    PageFile filledIn(String contextPath, String endpoints, @Nullable String tokenScript) {
        if (!type.startsWith("text/html")) {
            return this;
        }
        String script = tokenScript == null ? "" : attribute(contextPath + tokenScript);
        String text = new String(bytes, StandardCharsets.UTF_8)
                .replace("{api}", attribute(contextPath + endpoints))
                .replace("{script}", script)
                .replace(
                        "<!-- token script -->",
                        tokenScript == null ? "" : "<script type=\"module\" src=\"" + script + "\"></script>");
        return new PageFile(type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String attribute(String path) {
        return path.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }

    void writeTo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("ETag", tag);
        String known = request.getHeader("If-None-Match");
        if (known != null && Arrays.asList(known.split("\\s*,\\s*", -1)).contains(tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
