package dev.portcullis.auth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.signature.Ed25519PublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code portcullis keys generate} and {@code sign}. */
class SignCommandTest {

    private static final String TEST_1 = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";

    @TempDir
    private Path directory;

    @Test
    void a_private_key_alone_is_on_standard_output() {
        Ran ran = Ran.with("").run("keys", "generate");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().strip()).matches("[A-Za-z0-9+/]{43}=");
        assertThat(ran.err())
                .contains("public key   ", "fingerprint  ", "Warning")
                .doesNotContain(ran.out().strip());
        assertThat(Ran.with("").run("keys", "generate").out()).isNotEqualTo(ran.out());
    }

    /** The known answer. */
    @Test
    void headers_are_printed_as_they_are_sent() {
        Ran ran = Ran.with(TEST_1 + "\n")
                .run("keys", "sign", "GET", "/v1/orders?status=open", "--at", "2024-01-29T03:46:40Z");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().lines())
                .containsExactly(
                        "x-thegrid-timestamp: 1706500000",
                        "x-thegrid-fingerprint: If4x36FUomFia/hUBG/SJxt77UtqvkWqWId+9H+XIbk",
                        "x-thegrid-signature: IGGlqoaFqTFDjNYMwiwh5AWM/sTzEPDgo8i/9bcGSoaNrPLCO2qtCVuupOrKnmN4nDXpb0bHG7Q9z7PXyPfGCA==");
    }

    @Test
    void a_body_is_signed_byte_for_byte() throws IOException {
        Path body = directory.resolve("order.json");
        Files.writeString(body, "{\"ä\":1}\n");
        Ran ran = Ran.with(TEST_1)
                .run(
                        "keys",
                        "sign",
                        "POST",
                        "/v1/orders",
                        "--body",
                        body.toString(),
                        "--header-prefix",
                        "x-desk",
                        "--json");

        assertThat(ran.out()).contains("\"x-desk-timestamp\"");
        String timestamp = ran.out().replaceAll("(?s).*timestamp\"\\s*:\\s*\"(\\d+)\".*", "$1");
        String signature = ran.out().replaceAll("(?s).*signature\"\\s*:\\s*\"([^\"]+)\".*", "$1");
        Ed25519PublicKey key =
                Objects.requireNonNull(Ed25519PublicKey.parse("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="));
        assertThat(key.verifies(
                        (timestamp + "POST/v1/orders{\"ä\":1}\n").getBytes(StandardCharsets.UTF_8),
                        Base64.getDecoder().decode(signature)))
                .isTrue();
    }

    /** What is at a wrong place may be a secret: it is not repeated. */
    @Test
    void what_is_wrong_is_told_without_repeating_it() {
        Ran noKey = Ran.with("secret").run("keys", "sign", "GET", "/");
        assertThat(noKey.exitCode()).isEqualTo(ExitCode.MISUSED);
        assertThat(noKey.err()).contains("The private key must be").doesNotContain("secret");

        for (String[] wrong : new String[][] {{"get", "/"}, {"GET", "v1"}, {"GET", "/a b"}, {"GET", "/", TEST_1}}) {
            String[] arguments = new String[wrong.length + 2];
            arguments[0] = "keys";
            arguments[1] = "sign";
            System.arraycopy(wrong, 0, arguments, 2, wrong.length);
            Ran ran = Ran.with(TEST_1).run(arguments);
            assertThat(ran.exitCode()).isEqualTo(ExitCode.MISUSED);
            assertThat(ran.err()).doesNotContain(TEST_1, "v1", "a b");
        }
        assertThat(Ran.with(TEST_1)
                        .run(
                                "keys",
                                "sign",
                                "GET",
                                "/",
                                "--body",
                                directory.resolve("none").toString())
                        .err())
                .contains("--body: the file cannot be read");
    }
}
