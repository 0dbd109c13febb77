package dev.portcullis.auth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code portcullis jwks check}. */
class CheckCommandTest {

    private static final String WEAK = "{\"kty\":\"EC\",\"kid\":\"\\u001b[31mec\",\"crv\":\"P-256\"}";

    private final TokenIssuer issuer = TokenIssuer.start();

    @TempDir
    private Path directory;

    @AfterEach
    void end() {
        issuer.close();
    }

    private Ran check(String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "jwks";
        arguments[1] = "check";
        arguments[2] = issuer.jwks().toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return Ran.portcullis(arguments);
    }

    private String with(String... more) {
        return issuer.keySet().replace("]}", "," + String.join(",", more) + "]}");
    }

    @Test
    void every_key_is_listed_with_what_becomes_of_it() {
        issuer.answer(200, Map.of("Cache-Control", "max-age=7200"), with(WEAK));
        Ran ran = check();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).matches("""
                        KID +TYPE +BITS +ALG +USE +RESULT
                        key-1 +RSA +2048 +RS256 +sig +usable
                        \\\\u\\{1b}\\[31mec +EC +- +- +- +passed over: its kty is not RSA

                        Usable: 1 of 2 keys\\.
                        Kept for 1 hour before it is fetched anew\\.
                        """);
    }

    @Test
    void a_set_without_a_usable_key_ends_with_1() {
        issuer.publish("{\"keys\":[" + WEAK + "]}");
        Ran ran = check();
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("Not usable: the key set has no usable key.");
        issuer.publish("<html>");
        assertThat(check().exitCode()).isEqualTo(1);
        assertThat(check().out()).startsWith("Not usable: the key set is not JSON within the limits of size and depth");
    }

    @Test
    void an_issuer_that_does_not_answer_ends_with_3() {
        issuer.answer(302, Map.of("Location", "https://elsewhere.example/"), "");
        Ran ran = check();
        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.out())
                .isEqualTo("Not usable: the key set was answered with status 302, and redirects are not followed.\n");
        issuer.close();
        assertThat(check().exitCode()).isEqualTo(3);
        assertThat(check().out()).contains("could not be fetched: there is no connection to its host.");
    }

    @Test
    void a_file_can_be_checked_before_it_is_published() throws IOException {
        Path file = Files.writeString(directory.resolve("jwks.json"), issuer.keySet());
        Ran ran = Ran.portcullis("jwks", "check", file.toString());
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("Usable: 1 of 1 keys.").doesNotContain("Kept for");
        assertThat(issuer.fetches()).isZero();
    }

    @Test
    void only_https_or_loopback_is_asked() {
        Ran ran = Ran.portcullis("jwks", "check", "http://issuer.example/jwks.json?password=hunter2");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("must begin with https://").doesNotContain("hunter2");
    }

    @Test
    void json_is_for_programs() {
        issuer.publish(with(WEAK));
        Ran ran = check("--json");
        assertThat(ran.out())
                .startsWith("""
                        {
                          "fetched": true,
                          "usable": true,
                          "problem": null,
                          "fresh_for_seconds": 300,
                          "keys": [
                        """)
                .contains("\"kid\": \"\\u001B[31mec\"", "\"problem\": \"its kty is not RSA\"");
        issuer.publish("[]");
        assertThat(check("--json").out()).contains("\"keys\": []");
    }
}
