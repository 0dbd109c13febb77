package dev.portcullis.auth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many keys at once. */
class BulkTest {

    private final InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
    private final APIKeys keys = APIKeys.builder().store(store).build();

    @TempDir
    private Path directory;

    private Ran issue(Ran.Setup setup, int count, Path file, String... more) {
        String[] fixed = {
            "keys",
            "issue",
            "--data",
            "x",
            "--owner",
            "ada",
            "--name",
            "fleet \"a\"",
            "--count",
            Integer.toString(count),
            "--output",
            file.toString()
        };
        return setup.store(store)
                .run(Stream.concat(Stream.of(fixed), Stream.of(more)).toArray(String[]::new));
    }

    private Ran take(Path file, String... more) {
        String[] fixed = {"keys", "import", "--data", "x", file.toString()};
        return Ran.with("")
                .store(store)
                .run(Stream.concat(Stream.of(fixed), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void many_keys_go_to_a_file_that_only_its_owner_can_read() throws IOException {
        Path file = directory.resolve("keys.csv");
        Ran ran = issue(Ran.with(""), 2500, file);
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo("Issued 2500 keys, to " + file + ".\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2501);
        assertThat(lines.get(0)).isEqualTo("id,key_prefix,name,plaintext");
        assertThat(lines.get(2500))
                .matches("[0-9a-f-]{36},grd_live_[0-9a-f]{8},\"fleet \"\"a\"\" 2500\",grd_live_[0-9a-f]{48}");
        String last = lines.get(2500).substring(lines.get(2500).lastIndexOf(',') + 1);
        assertThat(Ran.with(last)
                        .store(store)
                        .run("keys", "verify", "--data", "x")
                        .exitCode())
                .isZero();
    }

    /** "a progress bar (stderr, only on a terminal; plain progress lines otherwise)" */
    @Test
    void progress_is_a_bar_at_a_terminal_and_lines_elsewhere() {
        Ran plain = issue(Ran.with(""), 20_000, directory.resolve("a.csv"));
        assertThat(plain.err().lines())
                .hasSize(10)
                .startsWith("2,000 of 20,000 keys (10 %)")
                .endsWith("20,000 of 20,000 keys (100 %)");
        Ran bar = issue(Ran.with("").atTerminal(), 2500, directory.resolve("b.csv"));
        assertThat(bar.err())
                .startsWith("\r[")
                .endsWith("[##############################] 2,500 of 2,500 keys (100 %)\u001b[K\n");
    }

    @Test
    void json_is_for_programs() throws IOException {
        Path file = directory.resolve("keys.jsonl");
        Ran ran = issue(Ran.with(""), 2, file, "--json");
        assertThat(ran.out()).isEqualTo("{\n  \"issued\": 2,\n  \"file\": \"" + file + "\"\n}\n");
        assertThat(Files.readAllLines(file))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .matches("\\{\"id\":\"[0-9a-f-]{36}\",\"key_prefix\":\"grd_live_[0-9a-f]{8}\","
                                + "\"name\":\"fleet \\\\\"a\\\\\" [12]\",\"plaintext\":\"grd_live_[0-9a-f]{48}\"}"));
    }

    @Test
    void a_file_that_is_there_is_left_alone() throws IOException {
        Path file = Files.writeString(directory.resolve("keys.csv"), "mine");
        Ran ran = issue(Ran.with(""), 2, file);
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("there is such a file already");
        assertThat(file).hasContent("mine");
        assertThat(keys.list(null, 10)).isEmpty();
    }

    /** Nobody would ever hold a key whose plaintext is lost. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void keys_that_could_not_be_written_are_not_left_in_the_store() throws IOException {
        FileChannel full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
        Ran.Setup setup = Ran.with("").store(store);
        Terminal terminal = setup.terminal();
        try (Desk desk = setup.options().open()) {
            BulkIssue issue = new BulkIssue(terminal, desk, "ada", "fleet", UnaryOperator.identity());
            assertThatThrownBy(() -> issue.issue(10, () -> new KeyFile(full, true)))
                    .isInstanceOf(Failure.class)
                    .hasMessage(
                            "--output: the file cannot be written to. Of 10 keys the first 0 were issued, and are in"
                                    + " the file");
        }
        assertThat(full.isOpen()).isFalse();
        assertThat(keys.list(null, 100)).isEmpty();
    }

    @Test
    void what_is_wrong_is_told_before_there_is_a_file() {
        Path file = directory.resolve("keys.csv");
        Ran ran = issue(Ran.with(""), 2, file, "--scopes", "a b");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).startsWith("portcullis: --scopes: A scope must be printable ASCII");
        assertThat(file).doesNotExist();
        assertThat(Ran.portcullis("keys", "issue", "--owner", "a", "--name", "b", "--count", "2")
                        .err())
                .startsWith("portcullis: --count and --output go together");
    }

    private static String plaintext(int number) {
        return "grd_live_" + String.format("%048x", number);
    }

    private static String hash(int number) {
        return HexFormat.of()
                .formatHex(SHA256.of(SecretText.of(plaintext(number))).toBytes());
    }

    @Test
    void hashes_are_taken_over_and_their_keys_are_let_in() throws IOException {
        Path file = Files.writeString(
                directory.resolve("old.csv"),
                "hash,owner,name,key_prefix,scopes,created_at,expires_at\r\n"
                        + hash(1) + ",ada,\"la,p\"\"top\",grd_live_00000000,catalog:read catalog:write,"
                        + "2024-01-01T00:00:00Z,\r\n\r\n"
                        + hash(2).toUpperCase(java.util.Locale.ROOT)
                        + ",bob,ci,grd_live_00000000,,,2030-01-01T00:00:00+01:00");
        Ran ran = take(file, "--by", "eve");
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo("Imported 2 keys; 0 were there already.\n");
        APIKey key = keys.list(null, 10).stream()
                .filter(any -> any.owner().equals("ada"))
                .findFirst()
                .orElseThrow();
        assertThat(key.name()).isEqualTo("la,p\"top");
        assertThat(key.scopes()).containsExactlyInAnyOrder("catalog:read", "catalog:write");
        assertThat(key.createdAt()).isEqualTo(Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(Ran.with(plaintext(1))
                        .store(store)
                        .run("keys", "verify", "--data", "x")
                        .exitCode())
                .isZero();
        assertThat(keys.audit(Long.MAX_VALUE, 10))
                .hasSize(2)
                .allSatisfy(record -> assertThat(record.by().subject()).isEqualTo("eve"));
        assertThat(take(file).out()).isEqualTo("Imported 0 keys; 2 were there already.\n");
    }

    @Test
    void json_lines_are_taken_too() throws IOException {
        Path file = Files.writeString(
                directory.resolve("old.jsonl"),
                "{\"hash\":\"" + hash(1) + "\",\"owner\":\"ada\",\"name\":\"J\\u00f6rg\",\"key_prefix\":"
                        + "\"grd_live_00000000\",\"scopes\":[\"a:b\",\"c:d\"],\"expires_at\":null}\n");
        assertThat(take(file, "--json").out())
                .isEqualTo("{\n  \"checked\": 1,\n  \"imported\": 1,\n  \"there_already\": 0\n}\n");
        assertThat(keys.list(null, 10).get(0).name()).isEqualTo("J\u00f6rg");
        assertThat(keys.list(null, 10).get(0).scopes()).hasSize(2);
    }

    /** "validates all, reports bad lines by number" */
    @Test
    void one_bad_line_keeps_all_from_being_imported() throws IOException {
        String good = hash(1) + ",ada,a,grd_live_00000000\n";
        Path file = Files.writeString(
                directory.resolve("old.csv"),
                "hash,owner,name,key_prefix\n" + good
                        + "SECRET,ada,a,grd_live_00000000\n"
                        + hash(2) + ",ada,a\n"
                        + hash(3) + ",,a,grd_live_00000000\n"
                        + hash(4) + ",ada,\u0007,grd_live_00000000\n"
                        + hash(5) + ",ada,a,grd_live_SECRETSECRET\n"
                        + hash(6) + ",ada,a,acme_live_00000000\n"
                        + hash(7) + ",ada,\"a,grd_live_00000000\n"
                        + hash(8) + ",ada,\"a\"b,grd_live_00000000\n" + good);
        Ran ran = take(file);
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isEqualTo("""
                        Line 3: hash must be a SHA-256 in 64 hexadecimal digits
                        Line 4: it has 3 values for 4 columns
                        Line 5: it has no owner
                        Line 6: name: The name must not hold control characters.
                        Line 7: key_prefix must be as in grd_live_0123abcd, and each time in the years 1970 to 9999
                        Line 8: key_prefix: The prefix must be as in grd_live_0123abcd, with the scheme that is configured.
                        Line 9: a quotation mark is not closed
                        Line 10: something follows a closing quotation mark
                        Nothing was imported: lines that are not as they must be: 8.
                        """);
        assertThat(keys.list(null, 10)).isEmpty();
        assertThat(take(file, "--json").out())
                .startsWith("{\n  \"imported\": 0,\n  \"bad_lines\": 8,\n  \"problems\": [\n    {\n      \"line\": 3,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "old.csv|hash,owner,nmae|there is a field that is none of hash",
                "old.csv|hash,hash|a column is there twice",
                "old.jsonl|{\"hash\":1}|it is not one JSON object of strings",
                "old.jsonl|{\"hash\":\"a\"} x|it is not one JSON object",
                "old.jsonl|{\"hash\":\"a\",\"hash\":\"b\"}|it is not one JSON object with distinct members",
                "old.jsonl|{\"secret\":\"a\"}|there is a field that is none of hash",
                "old.jsonl|[]|it is not one JSON object of strings",
                "old.jsonl|{\"scopes\":[\"a b\"]}|it is not one JSON object of strings",
                "old.jsonl|{}|it has no hash",
            })
    void a_line_that_cannot_be_read_is_told(String name, String line, String problem) throws IOException {
        Ran ran = take(Files.writeString(directory.resolve(name), line));
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).startsWith("Line 1: " + problem);
    }

    @Test
    void lines_without_an_end_or_not_in_UTF8_are_bad_lines() throws IOException {
        Path file = directory.resolve("old.jsonl");
        Files.write(file, new byte[] {'{', (byte) 0xff, '}', '\n'});
        Files.writeString(file, "x".repeat(200_000), StandardOpenOption.APPEND);
        assertThat(take(file).err())
                .startsWith("Line 1: it is too long, or not UTF-8\nLine 2: it is too long, or not UTF-8\n");
    }

    @Test
    void only_the_first_problems_are_told() throws IOException {
        Path file = Files.writeString(
                directory.resolve("old.jsonl"),
                IntStream.range(0, 100).mapToObj(i -> "{}").collect(Collectors.joining("\n")));
        assertThat(take(file).err().lines())
                .hasSize(22)
                .endsWith("And 80 more.", "Nothing was imported: lines that are not as they must be: 100.");
    }

    @Test
    void a_dry_run_imports_nothing() throws IOException {
        Path file = Files.writeString(
                directory.resolve("old"), "hash,owner,name,key_prefix\n" + hash(1) + ",ada,a,grd_live_00000000\n");
        assertThat(take(file).err()).contains("say which it is with --format");
        assertThat(take(file, "--dry-run", "--format", "csv").out())
                .isEqualTo("Checked 1 keys; nothing was imported.\n");
        assertThat(keys.list(null, 10)).isEmpty();
        assertThat(take(directory.resolve("none.csv")).err())
                .isEqualTo("portcullis: The file with the keys cannot be read\n");
    }

    @Test
    void a_large_file_is_imported_in_steps() throws IOException {
        Path file = directory.resolve("old.csv");
        Files.writeString(
                file,
                IntStream.range(0, 2500)
                        .mapToObj(i -> hash(i) + ",ada,a,grd_live_00000000\n")
                        .collect(Collectors.joining("", "hash,owner,name,key_prefix\n", "")));
        Ran ran = take(file);
        assertThat(ran.out()).isEqualTo("Imported 2500 keys; 0 were there already.\n");
        assertThat(ran.err().lines()).endsWith("2,500 of 2,500 keys (100 %)");
    }
}
