package dev.portcullis.auth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that are hashed with a pepper. */
class PepperTest {

    private final InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
    private final APIKeys plain = APIKeys.builder().store(store).build();

    @TempDir
    private Path directory;

    private static String secret(int seed) {
        byte[] bytes = new byte[32];
        new java.util.SplittableRandom(seed).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private String file(String... lines) throws IOException {
        return Files.writeString(directory.resolve("peppers"), String.join("\n", lines))
                .toString();
    }

    private Ran keys(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of("keys"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", "anywhere"));
        return Ran.with(input).store(store).run(all.toArray(String[]::new));
    }

    @Test
    void a_key_is_issued_found_and_rotated_with_its_pepper_alone() throws IOException {
        String one = file("# ours", "", "1:" + secret(1));
        Ran issued = keys("", "issue", "--owner", "ada", "--name", "a", "--pepper-file", one);
        assertThat(issued.exitCode()).as(issued.err()).isZero();
        assertThat(plain.list(null, 1).get(0).hashVersion()).isEqualTo(1);
        assertThat(keys(issued.out(), "verify", "--pepper-file", one).exitCode())
                .isZero();
        String other = file("1:" + secret(2));
        assertThat(keys(issued.out(), "verify", "--pepper-file", other).out()).contains("Invalid API key.");
        String next = file("2:" + secret(3), "1:" + secret(1));
        Ran rotated = keys("", "rotate", plain.list(null, 1).get(0).id().toString(), "--pepper-file", next);
        assertThat(plain.list(null, 1).get(0).hashVersion()).isEqualTo(2);
        assertThat(keys(rotated.out(), "revoke", "--leaked", "--pepper-file", next)
                        .exitCode())
                .isZero();
    }

    /** It would make keys that no server lets in, and call good ones unknown. */
    @Test
    void without_the_pepper_nothing_is_made_or_judged() throws IOException {
        String one = file("1:" + secret(1));
        keys("", "issue", "--owner", "ada", "--name", "a", "--pepper-file", one);
        String id = plain.list(null, 1).get(0).id().toString();
        Path old = Files.writeString(directory.resolve("old.csv"), "hash,owner,name,key_prefix\n");
        for (String[] command : List.<String[]>of(
                new String[] {"issue", "--owner", "ada", "--name", "b"},
                new String[] {"verify"},
                new String[] {"rotate", id},
                new String[] {"import", old.toString()},
                new String[] {"revoke", "--leaked"})) {
            assertThat(keys("", command))
                    .isEqualTo(new Ran(
                            2, "", "portcullis: The keys of this store stand on a pepper: give --pepper-file\n"));
        }
        assertThat(keys("", "revoke", id, "--yes").exitCode()).isZero();
    }

    @Test
    void keys_without_a_pepper_are_moved_to_it() throws IOException {
        String key = plain.issue("ada", "a", Environment.LIVE, List.of(), null).plaintext();
        String strict = file("1:" + secret(1));
        assertThat(keys(key, "verify", "--pepper-file", strict).exitCode()).isEqualTo(1);
        String lenient = file("1:" + secret(1), "unkeyed");
        assertThat(keys(key, "verify", "--pepper-file", lenient).exitCode()).isZero();
        assertThat(plain.list(null, 1).get(0).hashVersion())
                .as("looking changes nothing")
                .isZero();
        assertThat(keys("", "rehash").err()).contains("There is no pepper to move keys to");
        assertThat(keys("", "rehash", "--dry-run").out())
                .isEqualTo("Moved 0 keys.\n\nPEPPER  ACTIVE KEYS\nnone    1\n");
        assertThat(keys("", "rehash", "--pepper-file", lenient).out())
                .isEqualTo("Moved 1 keys.\n\nPEPPER  ACTIVE KEYS\n1       1\n");
        assertThat(keys("", "rehash", "--dry-run", "--json").out())
                .isEqualTo("{\n  \"moved\": 0,\n  \"active_keys_by_hash_version\": {\n    \"1\": 1\n  }\n}\n");
        strict = file("1:" + secret(1));
        assertThat(keys(key, "verify", "--pepper-file", strict).exitCode()).isZero();
    }

    @Test
    void imported_hashes_are_put_under_the_pepper() throws IOException {
        String key = "grd_live_" + "ab".repeat(24);
        String hash = HexFormat.of().formatHex(SHA256.of(SecretText.of(key)).toBytes());
        Path old = Files.writeString(
                directory.resolve("old.csv"), "hash,owner,name,key_prefix\n" + hash + ",ada,a,grd_live_abababab\n");
        String one = file("1:" + secret(1));
        assertThat(keys("", "import", old.toString(), "--pepper-file", one).out())
                .isEqualTo("Imported 1 keys; 0 were there already.\n");
        assertThat(keys(key, "verify", "--pepper-file", one).exitCode()).isZero();
        assertThat(keys("", "import", old.toString(), "--pepper-file", one).out())
                .isEqualTo("Imported 0 keys; 1 were there already.\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "SECRETSECRET|, line 1: write a version, a colon and the secret in base64, or unkeyed",
                "1:SECRET|, line 1: A pepper must have from 32 to 1024 bytes",
                "0:cGVwcGVycGVwcGVycGVwcGVycGVwcGVycGVwcGVy|, line 1: A pepper's version must be from 1 to 32767",
                "1:cGVwcGVycGVwcGVycGVwcGVycGVwcGVycGVwcGVy|, line 1: A pepper must",
                "1:SECRE=|, line 1: The pepper must be written in base64",
                "unkeyed|: there is no pepper in the file",
            })
    void a_file_that_is_wrong_is_told_without_its_secrets(String line, String problem) throws IOException {
        Ran ran = keys("", "list", "--pepper-file", file(line));
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("portcullis: --pepper-file" + problem)
                .doesNotContain("SECRE")
                .doesNotContain("cGVw");
    }

    @Test
    void two_peppers_of_one_version_or_no_file_are_told() throws IOException {
        String twice = file("1:" + secret(1), "1:" + secret(2));
        assertThat(keys("", "list", "--pepper-file", twice).err())
                .isEqualTo("portcullis: --pepper-file: two peppers have the same version\n");
        assertThat(keys("", "list", "--pepper-file", directory.resolve("none").toString())
                        .err())
                .isEqualTo("portcullis: --pepper-file: the file cannot be read\n");
    }
}
