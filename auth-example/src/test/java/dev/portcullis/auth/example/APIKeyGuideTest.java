package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.apikey.KeyFault;
import dev.portcullis.auth.apikey.KeyRefusal;
import dev.portcullis.auth.servlet.RequestFault;
import dev.portcullis.auth.servlet.keys.APIKeyServlet;
import dev.portcullis.auth.servlet.keys.KeyPageServlet;
import dev.portcullis.auth.servlet.keys.LeakServlet;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the guide to managing keys says is so, and it says all of it. */
class APIKeyGuideTest {

    private static final Path DOCS = Path.of("..", "docs");

    private static String guide() throws IOException {
        return Files.readString(DOCS.resolve("api-keys.md"));
    }

    /** What is said of signing keys alone stands in their own guide. */
    private static String guideTo(String name) throws IOException {
        return name.matches(".*(SIGNING|PUBLIC)_KEY.*")
                ? Files.readString(DOCS.resolve("signed-requests.md"))
                : guide();
    }

    @Test
    void the_sample_is_the_class_that_is_compiled_here() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/portcullis/auth/example/KeyDoors.java"));
        String body = source.substring(source.indexOf("import"));
        assertThat(guide()).contains("```java\n" + body + "```");
        assertThat(KeyDoors.rules().build()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void every_refusal_has_its_row(KeyRefusal refusal) throws IOException {
        assertThat(guideTo(refusal.name())).contains("| " + refusal.status() + " | `" + refusal.detail() + "` |");
    }

    @ParameterizedTest
    @EnumSource
    void every_fault_of_a_request_has_its_row(RequestFault fault) throws IOException {
        assertThat(guide()).contains("| " + fault.status() + " | `" + fault.detail() + "` |");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"MALFORMED_OWNER", "MALFORMED_KEY_PREFIX", "KEYED_HASH"})
    void every_fault_of_a_field_has_its_row(KeyFault fault) throws IOException {
        assertThat(guideTo(fault.name())).contains(" | `" + fault.message() + "` | ");
    }

    @ParameterizedTest
    @EnumSource
    void every_action_is_told(AuditAction action) throws IOException {
        assertThat(guide()).contains("`" + action.label() + "`");
    }

    @ParameterizedTest
    @ValueSource(classes = {APIKeyServlet.Builder.class, KeyPageServlet.Builder.class, LeakServlet.Builder.class})
    void every_setting_is_told(Class<?> builder) throws IOException {
        String guide = guide();
        assertThat(Stream.of(builder.getMethods())
                        .filter(method -> method.getDeclaringClass().equals(builder))
                        .map(Method::getName)
                        .filter(name -> !name.equals("build")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(guide).contains("." + name + "("));
    }

    /** A key, a record of the audit and a refusal, with the members that the description for programs has. */
    @Test
    void the_samples_have_the_members_of_the_description() throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        JsonNode schemas = mapper.readTree(APIKeyServlet.class.getResourceAsStream("openapi.json"))
                .at("/components/schemas");
        List<JsonNode> samples = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                .matcher(guide())
                .results()
                .map(sample -> mapper.readTree(sample.group(1)))
                .toList();

        assertThat(samples.stream().map(JsonNode::propertyNames).toList())
                .containsExactly(
                        schemas.at("/Key/properties").propertyNames(),
                        schemas.at("/AuditRecord/properties").propertyNames(),
                        schemas.at("/InvalidInput/properties").propertyNames());
    }

    /** The regular expression for scanners finds every key that is issued, and nothing that only looks like one. */
    @Test
    void the_expression_for_scanners_finds_keys() throws IOException {
        var found = Pattern.compile("```\n(\\\\b.*)\n```").matcher(guide());
        assertThat(found.find()).isTrue();
        Pattern expression = Pattern.compile(found.group(1));
        APIKeyStore store = new InMemoryAPIKeyStore();
        APIKeys keys = APIKeys.builder().store(store).build();
        for (Environment environment : Environment.values()) {
            String key = keys.issue("user", "a", environment, Set.of(), null).plaintext();
            for (String text : List.of(key, "KEY=" + key + "\n", "\"" + key + "\",", "https://x/?k=" + key + "&y")) {
                var match = expression.matcher(text);
                assertThat(match.find()).as(text).isTrue();
                assertThat(match.group()).isEqualTo(key);
            }
            assertThat(expression.matcher(key + "0").find()).isFalse();
            assertThat(expression.matcher(key.substring(0, key.length() - 1)).find())
                    .isFalse();
            assertThat(expression.matcher("x" + key).find()).isFalse();
        }
        assertThat(expression.matcher("grd_live_" + UUID.randomUUID()).find()).isFalse();
    }
}
