package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Contract section 5, "Management endpoints": lists, and their pages. */
public interface KeyListSuite extends KeyBox {

    private List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.forEach(key -> names.add(key.get("name").asString()));
        return names;
    }

    private static @Nullable String next(Answer answer) {
        String link = answer.header("Link");
        if (link == null) {
            return null;
        }
        assertThat(link).matches("<\\?.*>; rel=\"next\"");
        return link.substring(1, link.indexOf('>'));
    }

    /** "newest first; … the next page in a Link header", and keys that are added meanwhile shift none. */
    @Test
    default void pages_stay_right_while_keys_are_added() {
        String token = KeyBox.token(KeyBox.newUser());
        for (int i = 1; i <= 5; i++) {
            issued(token, "{\"name\":\"key " + i + "\"}");
        }
        Answer first = tell(KeyBox.get("/?limit=2").bearer(token));
        assertThat(names(KeyBox.json(first))).containsExactly("key 5", "key 4");
        issued(token, "{\"name\":\"key 6\"}");
        Answer second = tell(KeyBox.get("/" + next(first)).bearer(token));
        assertThat(names(KeyBox.json(second))).containsExactly("key 3", "key 2");
        Answer third = tell(KeyBox.get(Objects.requireNonNull(next(second))).bearer(token));
        assertThat(names(KeyBox.json(third))).containsExactly("key 1");
        assertThat(third.header("Link")).isNull();
    }

    @Test
    default void a_last_page_that_is_full_has_no_next() {
        String token = KeyBox.token(KeyBox.newUser());
        issued(token, "{\"name\":\"a\"}");
        issued(token, "{\"name\":\"b\"}");

        assertThat(tell(KeyBox.get("/?limit=2").bearer(token)).header("Link")).isNull();
        assertThat(tell(KeyBox.get("/?limit=1000").bearer(token)).header("Link"))
                .isNull();
        assertThat(tell(KeyBox.get("/?limit=1&utm=%zz&&=").bearer(token)).header("Link"))
                .isNotNull();
    }

    @Test
    default void nobody_without_keys_has_any() {
        assertThat(tell(KeyBox.get("").bearer(KeyBox.token(KeyBox.newUser()))).body())
                .isEqualTo("[]");
        assertThat(tell(KeyBox.get("/audit/").bearer(KeyBox.token(KeyBox.newUser())))
                        .body())
                .isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/audit/"})
    default void a_wrong_limit_is_told(String path) {
        String token = KeyBox.token(KeyBox.newUser());
        for (String limit : List.of("0", "1001", "-1", "", "1.5", "99999999999999999999", "%31", "+1", "0x1")) {
            KeyBox.assertFault(
                    tell(KeyBox.get(path + "?limit=" + limit).bearer(token)),
                    "limit",
                    "The limit must be from 1 to 1000.");
        }
        KeyBox.assertFault(
                tell(KeyBox.get(path + "?limit=1&limit=1").bearer(token)),
                "limit",
                "This must not be given more than once.");
    }

    @ParameterizedTest
    @CsvSource({
        "/,''",
        "/,1",
        "/,019ac3f0-7c1e-7000-9a4b-3f1d2c5b6a7",
        "/,%27OR1=1--",
        "/,%00",
        "/audit/,''",
        "/audit/,x",
        "/audit/,-1",
        "/audit/,9999999999999999999"
    })
    default void a_wrong_cursor_is_told(String path, String cursor) {
        String target = path + "?cursor=" + cursor;
        KeyBox.assertFault(
                tell(KeyBox.get(target).bearer(KeyBox.token(KeyBox.newUser()))),
                "cursor",
                "The cursor must be one that a page before has given.");
    }

    /** An identifier of somebody else's key shows nothing of theirs. */
    @Test
    default void a_cursor_of_others_shows_only_ones_own() {
        String token = KeyBox.token(KeyBox.newUser());
        String mine = issued(token, "{\"name\":\"mine\"}");
        String theirs = issued(KeyBox.token(KeyBox.newUser()), "{\"name\":\"theirs\"}");

        Answer answer = tell(KeyBox.get("/?cursor=" + theirs).bearer(token));
        assertThat(answer.body()).contains(mine).doesNotContain("theirs");
    }

    @Test
    default void the_audit_tells_who_did_what_from_where() {
        String user = KeyBox.newUser();
        String token = KeyBox.token(user);
        String id = issued(token, "{\"name\":\"a\"}");
        tell(KeyBox.patch("/" + id, "{\"name\":\"b\"}").bearer(token));
        tell(KeyBox.post("/" + id + "/rotate/").bearer(token));
        tell(KeyBox.post("/" + id + "/revoke/").bearer(token));
        tell(KeyBox.post("/" + id + "/revoke/").bearer(token));
        tell(KeyBox.delete("/" + id).bearer(token));
        Answer audit = tell(KeyBox.get("/audit/").bearer(token));

        List<String> actions = new ArrayList<>();
        for (JsonNode record : KeyBox.json(audit)) {
            actions.add(record.get("action").asString());
            assertThat(record.propertyNames()).containsExactly("number", "at", "action", "key_id", "by", "from");
            assertThat(record.get("by").asString()).isEqualTo(user);
            assertThat(record.get("from").asString()).isEqualTo("127.0.0.1");
        }
        assertThat(actions).containsExactly("delete", "revoke", "issue", "rotate", "change", "issue");
        Answer first = tell(KeyBox.get("/audit?limit=4").bearer(token));
        Answer second = tell(KeyBox.get("/audit/" + next(first)).bearer(token));
        assertThat(KeyBox.json(first).size()).isEqualTo(4);
        assertThat(KeyBox.json(second).size()).isEqualTo(2);
        assertThat(second.header("Link")).isNull();
    }
}
