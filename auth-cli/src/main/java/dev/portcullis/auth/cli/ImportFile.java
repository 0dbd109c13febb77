package dev.portcullis.auth.cli;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyBuilder;
import dev.portcullis.auth.apikey.APIKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A file with the hashes of keys that were issued elsewhere. */
final class ImportFile {

    private final Path path;
    private final Supplier<ImportFormat> format;
    private final Instant now;

    /**
     * A file.
     *
     * @param format how its lines are written; made anew for each reading
     * @param now when keys were issued of which that is not said
     */
    ImportFile(Path path, Supplier<ImportFormat> format, Instant now) {
        this.path = path;
        this.format = format;
        this.now = now;
    }

    /** Takes what was read. */
    interface Reader {

        /** A key, by itself as it must be. */
        void key(long line, APIKey key);

        /** A line that is no key; the problem quotes nothing of it. */
        void problem(long line, String problem);
    }

    /** Reads every line but empty ones. */
    void read(APIKeys keys, Reader reader) throws IOException {
        ImportFormat lines = format.get();
        try (InputStream in = Files.newInputStream(path);
                Lines text = new Lines(in)) {
            for (Lines.Line line = text.next(); line != null; line = text.next()) {
                try {
                    line(keys, lines, line, reader);
                } catch (Failure e) {
                    reader.problem(line.number(), e.message());
                    if (line.number() <= lines.headLines()) {
                        return; // without columns no line can be read
                    }
                }
            }
        }
    }

    private void line(APIKeys keys, ImportFormat lines, Lines.Line line, Reader reader) {
        String text = line.text();
        if (text == null) {
            throw Failure.refused("it is too long, or not UTF-8");
        }
        if (line.number() <= lines.headLines()) {
            lines.head(text);
        } else if (!text.isBlank()) {
            reader.key(line.number(), key(keys, lines.fields(text)));
        }
    }

    private APIKey key(APIKeys keys, Map<String, String> fields) {
        Instant createdAt = time(fields, "created_at");
        Instant issued = createdAt == null ? now : createdAt;
        try {
            APIKeyBuilder key = APIKey.builder()
                    .hash(hash(fields))
                    .owner(required(fields, "owner"))
                    .name(required(fields, "name"))
                    .keyPrefix(required(fields, "key_prefix"))
                    .scopes(scopes(fields))
                    .createdAt(issued)
                    .lastUsedAt(time(fields, "last_used_at"))
                    .expiresAt(time(fields, "expires_at"))
                    .revokedAt(time(fields, "revoked_at"));
            return key.id(keys.idOf(issued)).build();
        } catch (IllegalArgumentException e) {
            throw Failure.refused(
                    "key_prefix must be as in grd_live_0123abcd, and each time in the years 1970 to 9999");
        }
    }

    private static List<String> scopes(Map<String, String> fields) {
        String scopes = fields.getOrDefault("scopes", "");
        return scopes.isEmpty()
                ? List.of()
                : List.of(scopes.split(" ", -1)).stream().distinct().toList();
    }

    private static SHA256 hash(Map<String, String> fields) {
        String hex = required(fields, "hash");
        if (hex.length() != 2 * SHA256.LENGTH || !hex.matches("[0-9a-fA-F]+")) {
            throw Failure.refused("hash must be a SHA-256 in 64 hexadecimal digits");
        }
        return SHA256.ofHashed(HexFormat.of().parseHex(hex));
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw Failure.refused("it has no " + name);
        }
        return value;
    }

    private static @Nullable Instant time(Map<String, String> fields, String name) {
        String value = fields.get(name);
        try {
            return value == null ? null : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw Failure.refused(name + " must be written as in 2030-01-31T12:00:00Z");
        }
    }
}
