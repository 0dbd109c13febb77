package dev.portcullis.auth.servlet.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.portcullis.auth.apikey.KeyRefusedException;
import dev.portcullis.auth.servlet.FakeRequest;
import dev.portcullis.auth.servlet.RequestFault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where what the endpoints read ends. */
final class ReadingTest {

    private static final String ID = "01234567-89ab-cdef-0123-456789ABCDEF";

    private static Page page(@Nullable String query) {
        return Page.of(
                FakeRequest.of("GET", "/").answering("getQueryString", query).get());
    }

    @Test
    void aPageIsReadFromTheQuery() {
        assertThat(page(null)).isEqualTo(new Page(100, null));
        assertThat(page("")).isEqualTo(new Page(100, null));
        assertThat(page("limits=1&x&cursors=1")).isEqualTo(new Page(100, null));
        assertThat(page("limit=9999&cursor=a=b")).isEqualTo(new Page(9999, "a=b"));
        assertThat(page("cursor")).isEqualTo(new Page(100, ""));
        assertThat(page("limit=0").limit()).isZero();
        assertThat(page("limit=7").next("x")).isEqualTo("<?limit=7&cursor=x>; rel=\"next\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit",
                "limit=",
                "limit=10000",
                "limit=-1",
                "limit=:",
                "limit=/",
                "limit=1&limit=1",
                "cursor&cursor"
            })
    void anOddPageIsRefused(String query) {
        assertThatThrownBy(() -> page(query)).isInstanceOf(KeyRefusedException.class);
    }

    @Test
    void aCursorIsReadOrRefused() {
        assertThat(new Page(1, null).<Long>from(KeyCalls::number, 5L)).isEqualTo(5);
        assertThat(new Page(1, "7").<Long>from(KeyCalls::number, 5L)).isEqualTo(7);
        assertThatThrownBy(() -> new Page(1, "x").<Long>from(KeyCalls::number, 5L))
                .isInstanceOf(KeyRefusedException.class);
        assertThat(KeyCalls.number("10")).isEqualTo(10);
        assertThat(KeyCalls.number("9".repeat(18))).isEqualTo(999_999_999_999_999_999L);
        for (String none : List.of("", "9".repeat(19), ":", "/", "-1")) {
            assertThat(KeyCalls.number(none)).as(none).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        ", KEYS, ''",
        "'', KEYS, ''",
        "/, KEYS, ''",
        "/audit, AUDIT, ''",
        "/audit/, AUDIT, ''",
        "/self, SELF, ''",
        "/self/, SELF, ''",
        "/openapi.json, DOCUMENT, ''",
        "/openapi.json/, KEY, openapi.json",
        "/a, KEY, a",
        "/a/, KEY, a",
        "/revoke, KEY, revoke",
        "/a/revoke, REVOCATION, a",
        "/a/revoke/, REVOCATION, a",
        "/a/rotate, ROTATION, a",
        "/a/rotate/, ROTATION, a"
    })
    void aPathNamesAPlace(@Nullable String path, KeyPath.Place place, String id) {
        assertThat(KeyPath.of(path)).isEqualTo(new KeyPath(place, id));
    }

    @Test
    void otherPathsNameNothing() {
        for (String path : List.of("//", "/a//", "/a/b", "/a/revoke/x", "a", "/" + "a".repeat(201))) {
            assertThat(KeyPath.of(path)).as(path).isNull();
        }
        assertThat(KeyPath.of("/" + "a".repeat(200))).isNotNull();
    }

    /** RFC 9562 section 4. */
    @Test
    void anIdentifierIsOneInFull() {
        assertThat(new KeyPath(KeyPath.Place.KEY, ID).keyID()).isEqualTo(UUID.fromString(ID));
        for (String none : List.of("", "1-1-1-1-1", ID + "0", ID.replace('-', '0'))) {
            assertThat(new KeyPath(KeyPath.Place.KEY, none).keyID()).as(none).isNull();
        }
    }

    private static String from(@Nullable String address) {
        return ClientAddress.of(
                FakeRequest.of("GET", "/").answering("getRemoteAddr", address).get());
    }

    @Test
    void anAddressIsToldIfItIsOneLineOfVisibleText() {
        for (String address : List.of("192.0.2.1", "!", "~", "a".repeat(255))) {
            assertThat(from(address)).isEqualTo(address);
        }
        for (String address : List.of("", "a b", "a\u007f", "a\n", "a".repeat(256))) {
            assertThat(from(address)).as(address).isEqualTo("unknown");
        }
        assertThat(from(null)).isEqualTo("unknown");
    }

    private static @Nullable Map<String, List<Object>> object(String text) {
        return JSONInput.object(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void anObjectOfPlainValuesIsRead() {
        assertThat(object("{\"a\":\"x\",\"a\":1,\"b\":null,\"c\":[],\"d\":[\"y\",\"z\"]}"))
                .containsExactly(
                        entry("a", List.of("x", 1L)),
                        entry("b", List.of(JSONInput.NULL)),
                        entry("c", List.of(List.of())),
                        entry("d", List.of(List.of("y", "z"))));
        assertThat(
                        object(
                                "{\"a\":1.5,\"b\":true,\"c\":{\"d\":1},\"e\":[\"x\",1],\"f\":[[\"x\"]],\"g\":[{\"h\":1},\"x\"]}"))
                .hasSize(6)
                .allSatisfy((name, values) -> assertThat(values).containsExactly(JSONInput.OTHER));
    }

    @Test
    void anIntegerIsAsLargeAsCanBe() {
        assertThat(object("{\"a\":[],\"b\":" + "9".repeat(18) + "}"))
                .containsEntry("b", List.of(999_999_999_999_999_999L));
        assertThat(object("{\"b\":" + "9".repeat(19) + "}")).containsEntry("b", List.of(Long.MAX_VALUE));
        assertThat(object("{\"b\":-" + "9".repeat(40) + "}")).containsEntry("b", List.of(Long.MIN_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{} x", "{}{}", "{", "{\"a\":\"\u00e9\"}", "{a:1}"})
    void whatIsNotExactlyOneObjectIsNone(String text) {
        assertThat(object(text)).isNull();
    }

    @Test
    void aDocumentIsNestedSixteenDeepAtMost() {
        assertThat(object("{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}")).isNotNull();
        assertThat(object("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}")).isNull();
    }

    private static @Nullable List<Map<String, List<Object>>> objects(String text) {
        return JSONInput.objects(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anArrayOfObjectsIsRead() {
        assertThat(objects("[]")).isEmpty();
        assertThat(objects("[{\"a\":1},{}]")).containsExactly(Map.of("a", List.of(1L)), Map.of());
        for (String none : List.of("", "{}", "[1]", "[{},1]", "[{}] x", "[{}", "[{}][]")) {
            assertThat(objects(none)).as(none).isNull();
        }
    }

    @Test
    void anArrayOfObjectsIsFoundInAnObject() {
        assertThat(found("{\"x\":[1],\"a\":[{\"b\":1}],\"y\":{\"a\":[]}}")).containsExactly(Map.of("b", List.of(1L)));
        for (String none : List.of(
                "", "{}", "[]", "{\"a\":{}}", "{\"a\":[1]}", "{\"a\":[]} x", "{\"a\":[]", "{\"x\":{\"a\":[]}}")) {
            assertThat(found(none)).as(none).isNull();
        }
    }

    private static @Nullable List<Map<String, List<Object>>> found(String text) {
        return JSONInput.objectsIn("a", text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] body(FakeRequest request) throws Exception {
        return RequestBody.readJSON(request.get(), 2);
    }

    private static FakeRequest json(String type) {
        return FakeRequest.of("POST", "/").withBody("{}").with("Content-Type", type);
    }

    @Test
    void aBodyIsJSONInUTF8() {
        for (String type : List.of(
                "application/json",
                "Application/JSON ; a=b",
                "application/json;charset=\"UTF-8\"",
                "application/json;;")) {
            assertThatCode(() -> body(json(type))).as(type).doesNotThrowAnyException();
        }
        for (String type : List.of(
                "text/json", "application/json; charset=latin1", "application/json;charset=latin1;charset=utf-8", "")) {
            assertThatThrownBy(() -> body(json(type)))
                    .as(type)
                    .hasMessage(RequestFault.UNSUPPORTED_MEDIA_TYPE.detail());
        }
        assertThatThrownBy(() -> body(FakeRequest.of("POST", "/").withBody("{}")))
                .hasMessage(RequestFault.UNSUPPORTED_MEDIA_TYPE.detail());
        assertThatCode(() -> body(FakeRequest.of("POST", "/"))).doesNotThrowAnyException();
    }

    @Test
    void aBodyIsNotCompressed() {
        assertThatCode(() -> body(json("application/json").with("Content-Encoding", "Identity")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> body(json("application/json").with("Content-Encoding", "gzip")))
                .hasMessage(RequestFault.UNSUPPORTED_MEDIA_TYPE.detail());
    }

    /** Whatever its length says. */
    @Test
    void aBodyIsReadToItsLimit() {
        assertThatThrownBy(() -> body(json("application/json").withBody("[1]")))
                .hasMessage(RequestFault.BODY_TOO_LARGE.detail());
        assertThatThrownBy(() -> body(json("application/json").withBody("[1]").answering("getContentLengthLong", -1L)))
                .hasMessage(RequestFault.BODY_TOO_LARGE.detail());
        assertThatThrownBy(() -> body(json("application/json").answering("getContentLengthLong", 3L)))
                .hasMessage(RequestFault.BODY_TOO_LARGE.detail());
    }

    /** RFC 3339 section 5.6. */
    @Test
    void aTimeIsReadInItsOneForm() {
        assertThat(Timestamp.parse("2030-01-01t00:00:00z")).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(Timestamp.parse("2030-01-01T01:00:00.5+01:00")).isEqualTo(Instant.parse("2030-01-01T00:00:00.5Z"));
        for (String none :
                List.of("2030-01-01", "2030-02-30T00:00:00Z", "2030-01-01T23:59:60Z", "+2030-01-01T00:00:00Z")) {
            assertThat(Timestamp.parse(none)).as(none).isNull();
        }
    }
}
