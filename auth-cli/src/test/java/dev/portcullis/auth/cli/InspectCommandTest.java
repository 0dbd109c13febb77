package dev.portcullis.auth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.testkit.HostileToken;
import dev.portcullis.auth.testkit.HostileTokens;
import dev.portcullis.auth.testkit.SettableClock;
import dev.portcullis.auth.testkit.TokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code portcullis token inspect}: what an API would answer, in the contract's words. */
class InspectCommandTest {

    private final SettableClock clock = SettableClock.at(Instant.parse("2030-01-01T00:00:00.250Z"));
    private final TokenIssuer issuer = TokenIssuer.start(clock);

    @TempDir
    private Path directory;

    @AfterEach
    void end() {
        issuer.close();
    }

    private String[] options(String... more) {
        List<String> options = new ArrayList<>(List.of(
                "token",
                "inspect",
                "--jwks",
                issuer.jwks().toString(),
                "--issuer",
                issuer.issuer(),
                "--audience",
                "api",
                "--at",
                clock.instant().toString()));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    @Test
    void a_good_token_is_let_in_with_everything_it_says() {
        String token =
                issuer.token().audience("api").permissions("catalog:read").sign();
        Ran ran = Ran.with(token + "\n").run(options());
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .startsWith("Let in.\n")
                .contains("HEADER  verified", "CLAIMS  verified", "kid  key-1", "[\"catalog:read\"]")
                .contains("2030-01-01T00:05:00Z, in 5 minutes", "SIGNATURE  not printed")
                .doesNotContain("FAILED", "not checked", "UNVERIFIED");
    }

    /** The signature makes the token usable: whoever reads over a shoulder must not get it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "--json"})
    void the_signature_is_never_printed(String format) {
        String token = issuer.token().audience("api").sign();
        Ran ran = Ran.with(token).run(format.isEmpty() ? options() : options(format));
        String signature = token.substring(token.lastIndexOf('.') + 1);
        assertThat(ran.all()).doesNotContain(signature.substring(0, 12)).doesNotContain(signature.substring(100, 112));
    }

    /** Contract section 2: the words, and the order. */
    @Test
    void hostile_tokens_are_refused_in_the_contracts_words() throws IOException {
        String keys = Files.writeString(directory.resolve("jwks.json"), issuer.keySet())
                .toString();
        try (TokenIssuer attacker = TokenIssuer.start(clock)) {
            List<String> wrong = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (HostileToken token : HostileTokens.of(issuer, attacker, "api", clock)) {
                if (!isASCII(token.token())
                        || !seen.add(token.detail() + token.token().length() % 5)) {
                    continue; // Standard input is bytes, and the whole corpus is inspected in the test kit's tests
                }
                String[] options = options();
                options[3] = keys;
                Ran ran = Ran.with(token.token()).run(options);
                boolean same = ran.out().startsWith("Refused: 401 " + token.detail() + "\n");
                if (ran.exitCode() != 1 || !same || !ran.err().isEmpty()) {
                    wrong.add(token.name() + ": " + ran.exitCode() + " "
                            + ran.out().lines().findFirst());
                }
            }
            assertThat(seen).hasSizeGreaterThan(30);
            assertThat(wrong).isEmpty();
            assertThat(attacker.fetches()).isZero();
        }
    }

    /** A line feed at the end is the line's, and no part of the token. */
    private static boolean isASCII(String token) {
        return token.chars().allMatch(c -> c < 0x80) && !token.endsWith("\n");
    }

    @Test
    void without_keys_it_is_undecided_and_marked() {
        Ran ran = Ran.with(issuer.token().audience("api").sign())
                .run(
                        "token",
                        "inspect",
                        "--audience",
                        "api",
                        "--at",
                        clock.instant().toString());
        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.out())
                .startsWith("Undecided: nothing speaks against it, but not everything was checked.\n")
                .contains("HEADER  UNVERIFIED", "CLAIMS  UNVERIFIED", "not checked", "no keys were given");
    }

    @Test
    void a_fault_after_what_could_not_be_checked_says_so() {
        Ran ran = Ran.with(issuer.token().expiresIn(Duration.ofSeconds(-1)).sign())
                .run("token", "inspect", "--at", clock.instant().toString());
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .startsWith("Refused: 401 Token has expired.\nOr by a check before that one, which could not be made");
    }

    @Test
    void every_fault_is_listed() {
        Ran ran = Ran.with(issuer.token()
                        .expiresIn(Duration.ofSeconds(-1))
                        .issuer("https://other.example")
                        .sign())
                .run(options("--authorized-parties", "https://app.example"));
        assertThat(ran.out().lines().filter(line -> line.contains("FAILED")))
                .extracting(line -> line.replaceAll("^ +FAILED +.*?  +", ""))
                .containsExactly(
                        "Token has expired.", "Invalid audience.", "Invalid issuer.", "Invalid authorized party.");
    }

    @Test
    void the_key_set_can_be_a_file() throws IOException {
        Path file = Files.writeString(directory.resolve("jwks.json"), issuer.keySet());
        Ran ran = Ran.with(issuer.token().audience("api").sign())
                .run(
                        "token",
                        "inspect",
                        "--jwks",
                        file.toString(),
                        "--issuer",
                        issuer.issuer(),
                        "--accept-any-audience",
                        "--at",
                        Long.toString(clock.instant().getEpochSecond()));
        assertThat(ran.exitCode()).as(ran.all()).isZero();
        assertThat(issuer.fetches()).isZero();
    }

    @Test
    void several_audiences_and_parties_are_separated_by_commas() {
        String token = issuer.token().audience("b").authorizedParty("y").sign();
        assertThat(Ran.with(token)
                        .run(options("--audience", "a,b", "--authorized-parties", "x,y"))
                        .exitCode())
                .isZero();
    }

    /** Contract: "`Signing keys are unavailable.`", 503: nothing is said of the token. */
    @Test
    void an_issuer_that_does_not_answer_is_told_apart() {
        issuer.answer(500, java.util.Map.of(), "");
        Ran ran = Ran.with(issuer.token().audience("api").sign()).run(options());
        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.out())
                .startsWith("Refused: 503 Signing keys are unavailable.\n")
                .contains("(the key set was answered with status 500)", "UNVERIFIED");
    }

    @Test
    void json_is_for_programs() {
        Ran ran = Ran.with(issuer.token()
                        .audience("other")
                        .claim("name", "J\u00f6rg")
                        .sign())
                .run(options("--json"));
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .startsWith("""
                        {
                          "verdict": "refused",
                          "status": 401,
                          "detail": "Invalid audience.",
                          "reason": "INVALID_AUDIENCE",
                          "verified": true,
                          "at": "2030-01-01T00:00:00.250Z",
                        """)
                .contains("\"name\": \"J\\u00F6rg\"", "\"result\": \"failed\"")
                .isASCII();
    }

    /** Foreign text moves no cursor, changes no colour and writes nothing over what stands beside it. */
    @Test
    void claims_cannot_command_the_terminal() {
        Ran ran = Ran.with(issuer.token()
                        .audience("api")
                        .subject("\u001b[2Jroot\u202e\r\n\u0007")
                        .claim("\u001b]0;title\u0007", "x")
                        .sign())
                .run(options());
        assertThat(ran.out()).contains("\\u{1b}[2Jroot\\u{202e}\\u{d}\\u{a}\\u{7}", "\\u{1b}]0;title");
        assertThat(ran.out().chars()).noneMatch(c -> (c < 0x20 && c != '\n') || c == 0x7f || c == 0x202e);
    }

    @Test
    void at_a_terminal_the_token_is_asked_for_without_being_shown() {
        Ran.Setup setup = Ran.with("").atTerminal(issuer.token().audience("api").sign());
        Ran ran = setup.run(options());
        assertThat(ran.exitCode()).isZero();
        assertThat(setup.questions()).containsExactly("hidden: The token (it is not shown while you type or paste): ");
    }

    /** A terminal in its usual mode drops what is longer, in silence. */
    @Test
    void a_line_that_a_terminal_may_have_cut_is_not_taken_for_the_token() {
        Ran ran = Ran.with("").atTerminal("a".repeat(4095)).run(options());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("the end may be missing: give the token on standard input");
    }

    @Test
    void an_api_key_is_not_taken_for_a_token() {
        String key = "grd_live_" + "ab".repeat(24);
        Ran ran = Ran.with(key).run("token", "inspect");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("This is an API key and no token").doesNotContain("abab");
    }

    @Test
    void settings_that_contradict_each_other_or_cannot_be_read_are_misuse() {
        assertThat(Ran.portcullis("token", "inspect", "--audience", "a", "--accept-any-audience"))
                .isEqualTo(
                        new Ran(2, "", "portcullis: Both --audience and --accept-any-audience are given: keep one\n"));
        assertThat(Ran.portcullis("token", "inspect", "--at", "yesterday").err())
                .startsWith("portcullis: --at: write a time as in 2030-01-31T12:00:00Z");
        assertThat(Ran.portcullis("token", "inspect", "--jwks", "/none.json").err())
                .isEqualTo("portcullis: The file with the JWK Set cannot be read\n");
        assertThat(Ran.portcullis("token", "inspect", "--jwks", "https://user:hunter2@ issuer/")
                        .err())
                .contains("The JWK Set's URL is none")
                .doesNotContain("hunter2");
    }

    @Test
    void nothing_on_standard_input_is_no_credentials() {
        assertThat(Ran.with("\n").run("token", "inspect").out())
                .startsWith("Refused: 401 Invalid Authorization header: no credentials provided.\n");
    }

    @Test
    void standard_input_without_an_end_is_not_read_to_it() {
        Ran ran = Ran.with("").endless('a').run("token", "inspect");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("Invalid token. (it has more than 16384 characters)");
    }
}
