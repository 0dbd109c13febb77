package dev.portcullis.auth.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** How the lines of a file with keys are written. What is wrong with one is a {@link Failure}. */
interface ImportFormat {

    /** What can be said of a key. */
    Set<String> FIELDS = Set.of(
            "hash", "owner", "name", "key_prefix", "scopes", "created_at", "last_used_at", "expires_at", "revoked_at");

    /** How many lines at the start are no keys. */
    int headLines();

    /** Takes a line at the start that is no key. */
    void head(String line);

    /** The fields of a line, by name; what is empty is left out. */
    Map<String, String> fields(String line);

    /** Refuses a field that there is not, so that no typing error leaves one out in silence. */
    static void checkName(String name) {
        if (!FIELDS.contains(name)) {
            throw Failure.refused("there is a field that is none of hash, owner, name, key_prefix, scopes, created_at,"
                    + " last_used_at, expires_at and revoked_at");
        }
    }

    /** Comma-separated values (RFC 4180) whose first line names the columns; no value holds an end of line. */
    final class CSV implements ImportFormat {

        private final List<String> columns = new ArrayList<>();

        @Override
        public int headLines() {
            return 1;
        }

        @Override
        public void head(String line) {
            for (String column : values(line.startsWith("\ufeff") ? line.substring(1) : line)) {
                checkName(column);
                if (columns.contains(column)) {
                    throw Failure.refused("a column is there twice");
                }
                columns.add(column);
            }
        }

        @Override
        public Map<String, String> fields(String line) {
            List<String> values = values(line);
            if (values.size() != columns.size()) {
                throw Failure.refused("it has " + values.size() + " values for " + columns.size() + " columns");
            }
            Map<String, String> fields = new HashMap<>();
            for (int i = 0; i < values.size(); i++) {
                if (!values.get(i).isEmpty()) {
                    fields.put(columns.get(i), values.get(i));
                }
            }
            return fields;
        }

        private static List<String> values(String line) {
            List<String> values = new ArrayList<>();
            int at = 0;
            do {
                StringBuilder value = new StringBuilder();
                at = line.startsWith("\"", at) ? quoted(line, at + 1, value) : bare(line, at, value);
                values.add(value.toString());
            } while (at++ < line.length());
            return values;
        }

        private static int bare(String line, int from, StringBuilder value) {
            int comma = line.indexOf(',', from);
            int end = comma < 0 ? line.length() : comma;
            value.append(line, from, end);
            if (value.indexOf("\"") >= 0) {
                throw Failure.refused("a quotation mark stands within a value that is not quoted");
            }
            return end;
        }

        private static int quoted(String line, int from, StringBuilder value) {
            int at = from;
            while (true) {
                int quote = line.indexOf('"', at);
                if (quote < 0) {
                    throw Failure.refused("a quotation mark is not closed");
                }
                value.append(line, at, quote);
                at = quote + 1;
                if (!line.startsWith("\"", at)) {
                    break;
                }
                value.append('"');
                at++;
            }
            if (at < line.length() && line.charAt(at) != ',') {
                throw Failure.refused("something follows a closing quotation mark");
            }
            return at;
        }
    }

    /** A JSON object on each line; scopes can be an array. */
    final class JSONLines implements ImportFormat {

        private static final JsonFactory FACTORY = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();

        @Override
        public int headLines() {
            return 0;
        }

        @Override
        public void head(String line) {
            throw new IllegalStateException("There is no line of columns");
        }

        @Override
        public Map<String, String> fields(String line) {
            try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), line)) {
                require(parser.nextToken() == JsonToken.START_OBJECT);
                Map<String, String> fields = new HashMap<>();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    checkName(name);
                    String value = value(parser, name);
                    if (!value.isEmpty()) {
                        fields.put(name, value);
                    }
                }
                require(parser.nextToken() == null);
                return fields;
            } catch (JacksonException e) {
                throw Failure.refused("it is not one JSON object with distinct members");
            }
        }

        private static String value(JsonParser parser, String name) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                return "";
            }
            if (token == JsonToken.START_ARRAY && name.equals("scopes")) {
                List<String> scopes = new ArrayList<>();
                while (parser.nextToken() == JsonToken.VALUE_STRING) {
                    require(parser.getString().indexOf(' ') < 0);
                    scopes.add(parser.getString());
                }
                require(parser.currentToken() == JsonToken.END_ARRAY);
                return String.join(" ", scopes);
            }
            require(token == JsonToken.VALUE_STRING);
            return parser.getString();
        }

        private static void require(boolean met) {
            if (!met) {
                throw Failure.refused("it is not one JSON object of strings, with an array of strings for scopes");
            }
        }
    }
}
