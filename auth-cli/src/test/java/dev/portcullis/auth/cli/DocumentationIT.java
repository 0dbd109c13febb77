package dev.portcullis.auth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.testkit.TokenIssuer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code docs/cli.md} shows is what the packaged command does, in a real shell. */
class DocumentationIT {

    private static final Path DOCUMENT = Path.of("..", "docs", "cli.md");
    private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    /**
     * A command and what it prints.
     *
     * @param command as it stands after the dollar sign
     * @param printed what follows, with an ellipsis for what differs each time
     */
    private record Example(String command, String printed) {

        Pattern pattern() {
            return Pattern.compile(
                    Stream.of(oneSpaced(printed).split("\u2026", -1))
                            .map(Pattern::quote)
                            .collect(Collectors.joining(".+?")),
                    Pattern.DOTALL);
        }
    }

    /** How wide a column is depends on what differs each time. */
    private static String oneSpaced(String text) {
        return text.replaceAll(" +", " ");
    }

    private static String document() throws IOException {
        return Files.readString(DOCUMENT);
    }

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(document()); block.find(); ) {
            for (String example : block.group(1).split("(?m)^\\$ ", -1)) {
                if (!example.isEmpty()) {
                    int end = example.indexOf('\n');
                    examples.add(new Example(example.substring(0, end), example.substring(end + 1)));
                }
            }
        }
        return examples;
    }

    @Test
    void every_command_has_an_example() throws IOException {
        String commands = examples().stream().map(Example::command).collect(Collectors.joining("\n"));
        CommandLine root = Portcullis.commandLine(Terminal.ofProcess(), JDBCStores.existing());
        assertThat(leaves(root))
                .hasSize(15)
                .allSatisfy(leaf -> assertThat(commands).contains(leaf));
    }

    private static List<String> leaves(CommandLine line) {
        return line.getSubcommands().isEmpty()
                ? List.of(line.getCommandSpec().qualifiedName())
                : line.getSubcommands().values().stream()
                        .flatMap(sub -> leaves(sub).stream())
                        .toList();
    }

    @Test
    void every_option_is_told_and_no_other() throws IOException {
        CommandLine root = Portcullis.commandLine(Terminal.ofProcess(), JDBCStores.existing());
        assertThat(Pattern.compile("--[a-z][a-z-]+")
                        .matcher(document())
                        .results()
                        .map(MatchResult::group))
                .containsAll(options(root).filter(name -> name.startsWith("--")).toList())
                .isSubsetOf(options(root).toList());
    }

    private static Stream<String> options(CommandLine line) {
        return Stream.concat(
                line.getCommandSpec().options().stream().flatMap(option -> Stream.of(option.names())),
                line.getSubcommands().values().stream().flatMap(DocumentationIT::options));
    }

    @Test
    void the_exit_codes_are_those_of_the_help() throws IOException {
        assertThat(Pattern.compile("^\\| (\\d+) \\| (.*) \\|$", Pattern.MULTILINE)
                        .matcher(document())
                        .results()
                        .map(row -> row.group(1) + " " + row.group(2)))
                .containsExactlyElementsOf(Ran.portcullis("--help")
                        .out()
                        .lines()
                        .dropWhile(line -> !line.equals("Exit codes:"))
                        .skip(1)
                        .map(line -> line.strip().replaceFirst(" +", " "))
                        .toList());
    }

    @Test
    void the_examples_print_what_is_shown() throws Exception {
        try (TokenIssuer issuer = TokenIssuer.start();
                EmbeddedPostgres database = EmbeddedPostgres.builder()
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .start()) {
            prepare(issuer);
            try (var connection = database.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create role portcullis login password 'hunter2'");
                statement.execute("create database portcullis owner portcullis");
            }
            Map<String, String> places = Map.of(
                    "https://issuer.example/.well-known/jwks.json",
                    issuer.jwks().toString(),
                    "jdbc:postgresql://db.example/portcullis",
                    "jdbc:postgresql://127.0.0.1:" + database.getPort() + "/portcullis");
            List<Example> examples = examples();
            List<String> printed = run(examples, places);
            SoftAssertions.assertSoftly(all -> {
                for (int i = 0; i < printed.size(); i++) {
                    Example example = examples.get(i);
                    all.assertThat(oneSpaced(printed.get(i)))
                            .as(example.command())
                            .matches(example.pattern());
                }
            });
        }
    }

    /** All in one shell, in their order: later examples use what earlier ones have made. */
    private List<String> run(List<Example> examples, Map<String, String> places) throws Exception {
        StringBuilder script = new StringBuilder();
        for (Example example : examples) {
            String command = example.command();
            for (Map.Entry<String, String> place : places.entrySet()) {
                command = command.replace(place.getKey(), place.getValue());
            }
            script.append("{ ").append(command).append("\n} 2>&1\nprintf '\\036'\n");
        }
        Path bin = Path.of("bin").toAbsolutePath();
        Ran ran = Machine.run(
                directory,
                Map.of(
                        "PATH",
                        bin + ":/usr/bin:/bin",
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        StoreOptions.PASSWORD_VARIABLE,
                        "hunter2"),
                "",
                List.of("bash", "-c", script.toString()));
        assertThat(ran.err()).isEmpty();
        List<String> printed = new ArrayList<>(List.of(ran.out().split("\u001e", -1)));
        printed.remove(printed.size() - 1);
        assertThat(printed).hasSameSizeAs(examples);
        return printed;
    }

    private void prepare(TokenIssuer issuer) throws IOException, GeneralSecurityException {
        String token = issuer.token()
                .issuer("https://issuer.example")
                .audience("https://api.example")
                .permissions("catalog:read")
                .sign();
        Files.writeString(directory.resolve("token.txt"), token + "\n");
        Files.writeString(directory.resolve("jwks.json"), issuer.keySet());
        Files.writeString(directory.resolve("draft.json"), draft());
        String hash =
                HexFormat.of().formatHex(SHA256.of(SecretText.of("an old key")).toBytes());
        Files.writeString(
                directory.resolve("old-keys.csv"),
                "hash,owner,name,key_prefix\n" + hash + ",ada,old,grd_live_0123abcd\n"
                        + "abc,ada,old,grd_live_0123abcd\n"
                        + hash + ",ada, ,grd_live_0123abcd\n");
    }

    private static String draft() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        RSAPublicKey key = (RSAPublicKey) generator.generateKeyPair().getPublic();
        String n = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(HexFormat.of().parseHex(key.getModulus().toString(16)));
        return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"weak\",\"alg\":\"RS256\",\"use\":\"sig\",\"e\":\"AQAB\",\"n\":\""
                + n
                + "\"},{\"kty\":\"EC\",\"kid\":\"ec\",\"alg\":\"ES256\",\"use\":\"sig\",\"crv\":\"P-256\",\"x\":\"AQ\","
                + "\"y\":\"AQ\"}]}";
    }
}
