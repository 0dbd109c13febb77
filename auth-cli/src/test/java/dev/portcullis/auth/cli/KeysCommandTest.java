package dev.portcullis.auth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.apikey.KeyRequest;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code portcullis keys}, but for bulk work. */
class KeysCommandTest {

    private static final Pattern KEY = Pattern.compile("grd_(live|test)_[0-9a-f]{48}");

    private final InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
    private final APIKeys keys = APIKeys.builder().store(store).build();

    private Ran keys(String... arguments) {
        return keys(Ran.with(""), arguments);
    }

    private Ran keys(Ran.Setup setup, String... arguments) {
        List<String> all = new ArrayList<>(List.of("keys"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", "anywhere"));
        return setup.store(store).run(all.toArray(String[]::new));
    }

    private IssuedAPIKey issued() {
        return keys.issue("ada", "laptop", Environment.LIVE, List.of("catalog:read"), null);
    }

    private APIKey stored(UUID id) {
        APIKey key = keys.get(id);
        assertThat(key).isNotNull();
        return key == null ? issued().key() : key;
    }

    /** "prints the plaintext once on stdout with a warning on stderr" */
    @Test
    void an_issued_key_alone_is_on_standard_output() {
        Instant before = Instant.now();
        Ran ran = keys(
                "issue",
                "--owner",
                "ada",
                "--name",
                "laptop",
                "--scopes",
                "catalog:read,catalog:write",
                "--expires",
                "90d");
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out().strip()).matches(KEY);
        assertThat(ran.err())
                .contains("Warning: This is the only time that the key is shown", "catalog:read catalog:write")
                .doesNotContain(ran.out().substring(20, 40));
        APIKey key = keys.list(null, 10).get(0);
        assertThat(key.owner()).isEqualTo("ada");
        assertThat(key.environment()).isEqualTo(Environment.LIVE);
        assertThat(key.expiresAt())
                .isBetween(
                        before.plus(Duration.ofDays(90)).truncatedTo(ChronoUnit.MILLIS),
                        Instant.now().plus(Duration.ofDays(90)));
    }

    @Test
    void an_issued_key_in_json_is_as_the_endpoint_answers() {
        Ran ran = keys("issue", "--owner", "ada", "--name", "ci", "--environment", "test", "--json");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .startsWith("{\n  \"api_key\": {\n    \"id\": \"")
                .containsPattern("\"plaintext\": \"grd_test_[0-9a-f]{48}\"")
                .contains("\"environment\": \"test\"", "\"scopes\": []", "\"warning\": \"");
    }

    /** The words are those of the endpoint; the names those of the options. */
    @Test
    void what_is_not_as_it_must_be_is_told_by_option() {
        Ran ran =
                keys("issue", "--owner", "ada", "--name", " ", "--scopes", "a b", "--expires", "2001-01-01T00:00:00Z");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .isEqualTo("portcullis: --name: The name must not be blank.\n"
                        + "portcullis: --scopes: A scope must be printable ASCII without spaces, quotes and"
                        + " backslashes.\nportcullis: --expires: The time must lie in the future.\n");
        assertThat(keys.list(null, 10)).isEmpty();
    }

    @Test
    void an_account_has_no_more_keys_than_it_may() {
        issued();
        Ran ran = keys("issue", "--owner", "ada", "--name", "b", "--maximum-keys", "1");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("portcullis: Too many API keys.\n");
    }

    @Test
    void keys_are_listed_newest_first_in_pages() {
        APIKey first = issued().key();
        APIKey second =
                keys.issue("bob", "b", Environment.TEST, List.of(), null).key();
        Ran ran = keys("list");
        assertThat(ran.out().lines().skip(1))
                .extracting(line -> line.substring(0, 36))
                .containsExactly(second.id().toString(), first.id().toString());
        assertThat(keys("list", "--owner", "ada").out()).contains("ada").doesNotContain("bob");
        Ran page = keys("list", "--limit", "1", "--json");
        assertThat(page.out())
                .contains(second.id().toString())
                .doesNotContain(first.id().toString());
        assertThat(page.err()).isEqualTo("There may be more: add --before " + second.id() + "\n");
        assertThat(keys("list", "--before", second.id().toString(), "--json").out())
                .contains(first.id().toString())
                .doesNotContain(second.id().toString());
        assertThat(keys("list", "--owner", "nobody")).isEqualTo(new Ran(0, "", "No keys.\n"));
        assertThat(keys("list", "--owner", "nobody", "--json").out()).isEqualTo("[]\n");
    }

    @Test
    void more_than_one_page_of_the_store_is_listed() {
        keys.issueAll(
                "ada",
                java.util.stream.IntStream.range(0, 1500)
                        .mapToObj(i -> KeyRequest.named("k" + i))
                        .toList(),
                Actor.APPLICATION);
        assertThat(keys("list", "--limit", "1400").out().lines()).hasSize(1401);
        assertThat(keys("list", "--limit", "10000").out().lines()).hasSize(1501);
        assertThat(keys("audit", "--limit", "1400").out().lines()).hasSize(1401);
    }

    @Test
    void a_key_is_shown_without_hash_and_plaintext() {
        IssuedAPIKey issued = issued();
        for (Ran ran : List.of(
                keys("show", issued.key().id().toString()),
                keys("show", issued.key().id().toString(), "--json"),
                keys("list", "--json"))) {
            assertThat(ran.exitCode()).isZero();
            assertThat(ran.out())
                    .contains(issued.key().keyPrefix(), "laptop", "catalog:read")
                    .doesNotContain(issued.plaintext().substring(20))
                    .doesNotContain(java.util.HexFormat.of()
                            .formatHex(issued.key().hash().toBytes()))
                    .doesNotContain("hash");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "revoke", "delete", "rotate"})
    void a_key_that_is_not_there_ends_with_1(String command) {
        Ran ran = keys(command, UUID.randomUUID().toString());
        assertThat(ran).isEqualTo(new Ran(1, "", "portcullis: API key not found.\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "revoke", "delete", "rotate"})
    void a_whole_key_is_not_taken_for_its_identifier(String command) {
        Ran ran = keys(command, issued().plaintext());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.all()).contains("ID: write the key's identifier").doesNotContainPattern(KEY);
    }

    @Test
    void revoking_asks_first_and_keeps_its_first_time() {
        UUID id = issued().key().id();
        Ran.Setup no = Ran.with("").atTerminal("y");
        assertThat(keys(no, "revoke", id.toString()).exitCode()).isEqualTo(1);
        assertThat(stored(id).revokedAt()).isNull();
        assertThat(no.questions())
                .singleElement()
                .asString()
                .matches("shown: Revoke grd_live_[0-9a-f]{8} \\(laptop\\) of ada, for good\\? Type yes: ");
        assertThat(keys(Ran.with("").atTerminal("yes"), "revoke", id.toString()).exitCode())
                .isZero();
        Instant revokedAt = stored(id).revokedAt();
        assertThat(revokedAt).isNotNull();
        Ran again = keys("revoke", id.toString(), "--json");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("\"revoked_at\": \"" + revokedAt + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"revoke", "delete"})
    void without_a_terminal_it_must_be_said(String command) {
        UUID id = issued().key().id();
        Ran ran = keys(command, id.toString());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("there is no terminal to ask at: add --yes");
        assertThat(stored(id).revokedAt()).isNull();
        assertThat(keys(command, id.toString(), "--yes").exitCode()).isZero();
    }

    @Test
    void deleting_leaves_its_records_in_the_audit() {
        UUID id = issued().key().id();
        assertThat(keys("delete", id.toString(), "--yes", "--by", "eve").out()).isEqualTo("Deleted " + id + ".\n");
        assertThat(keys.get(id)).isNull();
        assertThat(keys("audit", "--owner", "ada").out().lines().skip(1))
                .extracting(line -> line.replaceAll(" +", " "))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(" delete " + id + " ada eve command"),
                        line -> assertThat(line).endsWith(" issue " + id + " ada application application"));
    }

    @Test
    void a_leaked_key_is_read_from_standard_input_and_revoked_at_once() {
        IssuedAPIKey issued = issued();
        Ran ran = keys(Ran.with(issued.plaintext() + "\n"), "revoke", "--leaked");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.all()).doesNotContainPattern(KEY);
        assertThat(stored(issued.key().id()).revokedAt()).isNotNull();
        assertThat(keys("audit", "--json").out()).contains("\"action\": \"leak-revocation\"");
        assertThat(keys(Ran.with("nonsense"), "revoke", "--leaked").exitCode()).isEqualTo(1);
        assertThat(keys("revoke").err()).contains("Give the key's identifier, or --leaked");
    }

    @Test
    void rotating_prints_the_successor_and_ends_the_old_key() {
        IssuedAPIKey old = issued();
        Ran ran = keys("rotate", old.key().id().toString(), "--overlap", "0");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().strip()).matches(KEY).isNotEqualTo(old.plaintext());
        assertThat(stored(old.key().id()).isActive(Instant.now())).isFalse();
        assertThat(keys(Ran.with(ran.out()), "verify").exitCode()).isZero();
        Ran again = keys("rotate", old.key().id().toString());
        assertThat(again).isEqualTo(new Ran(1, "", "portcullis: API key has already been rotated.\n"));
        assertThat(keys("rotate", old.key().id().toString(), "--overlap", "31d").exitCode())
                .isEqualTo(1);
    }

    @Test
    void an_overlap_that_is_too_long_is_misuse() {
        Ran ran = keys("rotate", issued().key().id().toString(), "--overlap", "31d");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("portcullis: --overlap: The overlap must be from 0 seconds to 30 days.\n");
    }

    @Test
    void a_good_key_would_be_let_in_and_that_is_no_use() {
        IssuedAPIKey issued = issued();
        Ran ran = keys(Ran.with(issued.plaintext() + "\r\n"), "verify");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .startsWith("Let in.\n\n  id           " + issued.key().id());
        assertThat(ran.all()).doesNotContainPattern(KEY);
        assertThat(stored(issued.key().id()).lastUsedAt()).isNull();
    }

    /** Contract section 2, the rows about keys. */
    @Test
    void a_bad_key_is_refused_in_the_contracts_words() {
        IssuedAPIKey revoked = issued();
        keys.revoke(revoked.key().id());
        IssuedAPIKey expired = keys.issue(
                "ada", "b", Environment.LIVE, List.of(), Instant.now().plusSeconds(60));
        store.delete(expired.key().id(), note());
        store.addAll(List.of(expired.key().toBuilder().expiresAt(Instant.now()).build()), note());
        IssuedAPIKey test = keys.issue("ada", "c", Environment.TEST, List.of(), null);
        assertVerdict("grd_live_short", "Malformed API key.", false);
        assertVerdict("grd_live_" + "0".repeat(48), "Invalid API key.", false);
        assertVerdict(revoked.plaintext(), "API key has been revoked.", true);
        assertVerdict(expired.plaintext(), "API key has expired.", true);
        assertVerdict(test.plaintext(), "Invalid API key.", false, "--environments", "live");
        assertVerdict("", "Malformed API key.", false);
    }

    private static dev.portcullis.auth.apikey.AuditNote note() {
        return new dev.portcullis.auth.apikey.AuditNote(
                dev.portcullis.auth.apikey.AuditAction.IMPORT, Actor.APPLICATION, Instant.now());
    }

    /** Nothing about a key's state is told unless the whole key matched. */
    private void assertVerdict(String key, String detail, boolean isTold, String... options) {
        List<String> arguments = new ArrayList<>(List.of("verify"));
        arguments.addAll(List.of(options));
        Ran ran = keys(Ran.with(key), arguments.toArray(String[]::new));
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).startsWith("Refused: 401 " + detail + "\n");
        assertThat(ran.out().contains("owner")).as(detail).isEqualTo(isTold);
        assertThat(ran.all()).doesNotContainPattern(KEY);
        arguments.add("--json");
        assertThat(keys(Ran.with(key), arguments.toArray(String[]::new)).out())
                .startsWith("{\n  \"let_in\": false,\n  \"status\": 401,\n  \"detail\": \"" + detail + "\"");
    }

    @Test
    void a_key_older_than_the_api_takes_has_expired() {
        IssuedAPIKey old = issued();
        store.delete(old.key().id(), note());
        store.addAll(
                List.of(old.key().toBuilder()
                        .createdAt(Instant.now().minus(Duration.ofDays(91)))
                        .build()),
                note());
        assertThat(keys(Ran.with(old.plaintext()), "verify").exitCode()).isZero();
        assertVerdict(old.plaintext(), "API key has expired.", true, "--maximum-key-age", "90d");
    }

    @Test
    void at_a_terminal_the_key_is_asked_for_without_being_shown() {
        Ran.Setup setup = Ran.with("").atTerminal(issued().plaintext());
        assertThat(keys(setup, "verify").exitCode()).isZero();
        assertThat(setup.questions()).containsExactly("hidden: The key (it is not shown while you type or paste): ");
    }

    /** "Could not check" is never "bad": and no message of a driver is shown, for it can hold the URL. */
    @Test
    void a_store_that_cannot_be_asked_ends_with_3() {
        SQLException cause = new SQLException("FATAL for jdbc:postgresql://ada:hunter2@db", "28P01");
        APIKeyStore down = (APIKeyStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {APIKeyStore.class}, (proxy, method, arguments) -> {
                    throw new AuthUnavailableException(Reason.API_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(1), cause);
                });
        for (String[] command : List.<String[]>of(
                new String[] {"list"},
                new String[] {"verify"},
                new String[] {"audit"},
                new String[] {"show", UUID.randomUUID().toString()},
                new String[] {"issue", "--owner", "a", "--name", "b"})) {
            List<String> all = new ArrayList<>(List.of("keys"));
            all.addAll(List.of(command));
            all.addAll(List.of("--data", "x"));
            Ran ran = Ran.with("grd_live_" + "0".repeat(48)).store(down).run(all.toArray(String[]::new));
            assertThat(ran)
                    .isEqualTo(new Ran(
                            3,
                            "",
                            "portcullis: API key store is unavailable. The database refuses the user or the"
                                    + " password. (SQLSTATE 28P01)\n"));
        }
    }

    @Test
    void a_store_must_be_named_once_and_without_a_password() {
        assertThat(Ran.portcullis("keys", "list").err()).startsWith("portcullis: No store is named: give --data DIR");
        assertThat(keys("list", "--database-url", "jdbc:postgresql://db/a").err())
                .isEqualTo("portcullis: Both --data and a database are given: keep one\n");
        for (String url : List.of(
                "jdbc:postgresql://ada:hunter2@db/a", "jdbc:postgresql://db/a?user=ada&PassWord=hunter2", "hunter2")) {
            Ran ran = Ran.portcullis("keys", "list", "--database-url", url);
            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.err()).startsWith("portcullis: --database-url: ").doesNotContain("hunter2");
        }
    }

    @Test
    void names_cannot_command_the_terminal() {
        APIKey key = issued().key();
        store.delete(key.id(), note());
        store.addAll(
                List.of(key.toBuilder().owner("a\u001b[2J").name("b\u202ec\n").build()), note());
        for (Ran ran : List.of(keys("list"), keys("show", key.id().toString()), keys("audit"))) {
            assertThat(ran.exitCode()).isZero();
            assertThat(ran.out()).contains("a\\u{1b}[2J");
            assertThat(ran.out().chars()).noneMatch(c -> (c < 0x20 && c != '\n') || c == 0x202e);
        }
    }

    @Test
    void other_schemes_have_other_prefixes() {
        Ran ran = keys("issue", "--owner", "ada", "--name", "a", "--key-prefix", "acme");
        assertThat(ran.out()).startsWith("acme_live_");
        assertThat(keys(Ran.with(ran.out()), "verify", "--key-prefix", "acme").exitCode())
                .isZero();
        assertThat(keys(Ran.with(ran.out()), "verify").exitCode()).isEqualTo(1);
        assertThat(keys("list", "--key-prefix", "A_b").err()).contains("--key-prefix: write a lower-case letter");
    }
}
