package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.portcullis.auth.servlet.keys.APIKeyServlet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What an OpenAPI document says of answers, to hold real ones against. */
final class Described {
    /** That of API keys. */
    static final Described DOCUMENT = new Described("openapi.json", "api-keys|unguarded", Set.of("audit", "self"));

    /** That of signing keys. */
    static final Described SIGNING_KEYS = new Described("signing-keys.openapi.json", "signing-keys", Set.of("audit"));

    private static final List<String> HEADERS =
            List.of("Link", "Location", "Allow", "Retry-After", "WWW-Authenticate", "Cache-Control");

    private final String file;
    private final String name;
    private final Pattern targets;
    private final Set<String> places;
    private final JsonNode document;
    private final SchemaRegistry schemas;

    private Described(String file, String bases, Set<String> places) {
        this.file = file;
        this.name = "https://portcullis.example/" + file;
        this.targets = Pattern.compile(".*/(?:" + bases + ")(?:/([^/?]*)(?:/([^/?]*))?)?/?(?:\\?.*)?");
        this.places = places;
        String text = text();
        document = new ObjectMapper().readTree(text);
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(name, text)).schemaRegistryConfig(config));
    }

    String text() {
        try (InputStream in = APIKeyServlet.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode document() {
        return document;
    }

    /** Fails unless the document tells of this answer: its status, its headers, its media type and its body. */
    void check(Ask ask, Answer answer) {
        String path = path(ask.target());
        if (path == null) {
            return;
        }
        String pointer = pointer(path, ask.method(), answer.status());
        JsonNode response = document.at(pointer);
        assertThat(response.isMissingNode())
                .as("The document tells of %s for %s %s", answer.status(), ask.method(), path)
                .isFalse();
        checkHeaders(response, answer, ask + " " + answer);
        checkBody(pointer, response, answer);
    }

    /** The path as the document has it; null if it is none of its. */
    private @Nullable String path(String asked) {
        Matcher found = targets.matcher(asked);
        if (!found.matches() || found.group(1) == null || found.group(1).isEmpty()) {
            return "/";
        }
        String one = found.group(1);
        String two = found.group(2);
        if (one.equals("openapi.json")) {
            return "/openapi.json";
        }
        if (two == null || two.isEmpty()) {
            return places.contains(one) ? "/" + one + "/" : "/{id}/";
        }
        return two.equals("revoke") || two.equals("rotate") ? "/{id}/" + two + "/" : null;
    }

    /** A method that is not there is answered alike on all of a path. */
    private String pointer(String path, String method, int status) {
        String paths = "/paths/" + path.replace("/", "~1") + "/";
        String operation = paths + (method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT));
        if (document.at(operation).isMissingNode()) {
            operation = paths + (document.at(paths + "get").isMissingNode() ? "post" : "get");
        }
        String response = operation + "/responses/" + status;
        String target = document.at(response + "/$ref").asString("");
        return target.isEmpty() ? response : target.substring(1);
    }

    private void checkHeaders(JsonNode response, Answer answer, String what) {
        for (String name : HEADERS) {
            String value = answer.header(name);
            JsonNode described = response.at("/headers/" + name);
            String target = described.path("$ref").asString("");
            JsonNode header = target.isEmpty() ? described : document.at(target.substring(1));
            if (value == null) {
                assertThat(header.path("required").asBoolean(false))
                        .as("%s in %s", name, what)
                        .isFalse();
            } else {
                assertThat(header.isMissingNode()).as("%s in %s", name, what).isFalse();
                assertThat(value).as(what).matches(header.at("/schema/pattern").asString(".*") + ".*");
                assertThat(value).as(what).isEqualTo(header.at("/schema/const").asString(value));
            }
        }
    }

    private void checkBody(String pointer, JsonNode response, Answer answer) {
        if (answer.body().isEmpty()) {
            return;
        }
        String type = String.valueOf(answer.header("Content-Type"));
        assertThat(response.at("/content").has(type)).as(type).isTrue();
        String schema = pointer + "/content/" + type.replace("/", "~1") + "/schema";
        assertThat(validate(schema, KeyBox.text(answer))).as(answer.body()).isEmpty();
    }

    /** What is wrong with a value, by the schema at a place in the document. */
    List<String> validate(String pointer, String value) {
        Schema schema = schemas.getSchema(
                SchemaLocation.of(name + "#" + pointer.replace("{", "%7B").replace("}", "%7D")));
        return schema.validate(new ObjectMapper().readTree(value)).stream()
                .map(Object::toString)
                .toList();
    }
}
