package dev.portcullis.auth.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.account.CachedAccountStore;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.jdbc.JDBCAPIKeyStore;
import dev.portcullis.auth.jdbc.PostgreSQLChangeNotices;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.PublishedKeys;
import dev.portcullis.auth.jwt.TrustedIssuer;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.redis.RedisServer;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.PermissionFilter;
import dev.portcullis.auth.servlet.session.OpenSockets;
import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.session.SessionAuthentication;
import dev.portcullis.auth.session.Sessions;
import dev.portcullis.auth.signature.CachedSigningKeyStore;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import dev.portcullis.auth.signature.SigningKeys;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README says is so: its samples work as they stand, and its tables are whole. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");
    private static final Ask LEAGUES = Ask.get("/api/v1/leagues/");

    private final Tomcat tomcat = new Tomcat();

    @TempDir
    private Path directory;

    @BeforeAll
    static void log() {
        ServletServer.logAlongWithUs();
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static String block(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(readme())
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    /** Serves an application from a directory, as a container does that knows nothing else about it. */
    private int serve() throws LifecycleException {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", directory.toString());
        ContextConfig config = new ContextConfig();
        config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        context.addLifecycleListener(config);
        context.getJarScanner().setJarScanFilter((type, name) -> false);
        context.setParentClassLoader(getClass().getClassLoader());
        Tomcat.addServlet(context, "all", new FixedServlet(200, Map.of())).addMapping("/");
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void the_sample_is_the_class_that_is_compiled_here() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/portcullis/auth/example/Doors.java"));

        assertThat("package dev.portcullis.auth.example;\n\n" + block("java")).isEqualTo(source);
    }

    @Test
    void the_sample_guards_an_application() throws Exception {
        String name = Doors.class.getName().replace('.', '/') + ".class";
        Path target = directory.resolve("WEB-INF/classes").resolve(name);
        Files.createDirectories(target.getParent());
        Files.copy(Path.of("target/test-classes").resolve(name), target);

        int port = serve();

        assertIsGuarded(port);
        assertThat(Wire.send(port, LEAGUES.key("grd_live_" + "0".repeat(48))).detail())
                .isEqualTo("Invalid API key.");
    }

    @Test
    void the_web_xml_guards_an_application() throws Exception {
        Path target = directory.resolve("WEB-INF/web.xml");
        Files.createDirectories(target.getParent());
        Files.writeString(target, block("xml"));

        assertIsGuarded(serve());
    }

    private static void assertIsGuarded(int port) throws IOException {
        assertThat(Wire.send(port, Ask.get("/health")).status()).isEqualTo(200);
        assertThat(Wire.send(port, LEAGUES).detail()).isEqualTo("Authentication credentials were not provided.");
        assertThat(Wire.send(port, LEAGUES.bearer("abc")).detail()).isEqualTo("Invalid token.");
        assertThat(Wire.send(port, Ask.get("/admin")).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void every_reason_has_its_row(Reason reason) throws IOException {
        assertThat(readme()).contains("| " + reason.status() + " | `" + reason.detail() + "` |");
    }

    @Test
    void every_row_has_its_reason_once() throws IOException {
        List<String> rows = Pattern.compile("^\\| (\\d{3} \\| `[^`]*`) \\|", Pattern.MULTILINE)
                .matcher(readme())
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(rows)
                .doesNotHaveDuplicates()
                .isSubsetOf(Stream.of(Reason.values())
                        .map(reason -> reason.status() + " | `" + reason.detail() + "`")
                        .toList());
    }

    static Stream<Class<?>> builders() {
        return Stream.<Class<?>>of(
                PermissionRules.Builder.class,
                APIKeyAuthentication.Builder.class,
                APIKeys.Builder.class,
                CachedAPIKeyStore.Builder.class,
                JDBCAPIKeyStore.Builder.class,
                PostgreSQLChangeNotices.Builder.class,
                JWKSAuthentication.Builder.class,
                PublishedKeys.Builder.class,
                TrustedIssuer.Builder.class,
                Sessions.Builder.class,
                SessionAuthentication.Builder.class,
                CachedSessionStore.Builder.class,
                CachedAccountStore.Builder.class,
                Places.Builder.class,
                SignedRequestAuthentication.Builder.class,
                SigningKeys.Builder.class,
                CachedSigningKeyStore.Builder.class,
                RedisServer.Builder.class,
                OpenSockets.Builder.class,
                FilterSettings.Builder.class,
                AuthenticationFilter.Builder.class,
                PermissionFilter.Builder.class);
    }

    /** The seams for tests, the rules themselves and what tells of keys once are no settings. */
    @ParameterizedTest
    @MethodSource("builders")
    void every_setting_has_its_row(Class<?> builder) throws IOException {
        String settings = readme().substring(readme().indexOf("## Settings"));
        assertThat(Stream.of(builder.getMethods())
                        .filter(method -> method.getDeclaringClass().equals(builder))
                        .map(Method::getName)
                        .filter(name -> !Set.of(
                                        "build", "directory", "report", "clock", "ticker", "rule", "start", "toString")
                                .contains(name)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(settings).contains("." + name + "("));
    }

    @ParameterizedTest
    @EnumSource
    void every_option_has_its_row(Option option) throws IOException {
        assertThat(rowsOfOptions()).contains(option.flag());
    }

    @Test
    void every_row_has_its_option() throws IOException {
        assertThat(rowsOfOptions())
                .isSubsetOf(Stream.of(Option.values()).map(Option::flag).toList());
    }

    /** Every route that the example's own rules name has a place in the table of routes. */
    @Test
    void every_route_has_its_row() throws IOException {
        String table = readme().substring(readme().indexOf("| Route | Opens to |"));
        String rows = table.substring(0, table.indexOf("\n\n"));
        List<String> undocumented = List.of(
                "/leaks",
                "/api/v1/api-keys/self",
                "/api/v1/api-keys/openapi.json",
                "/api/v1/signing-keys/openapi.json");

        assertThat(Guard.own().stream()
                        .map(rule -> rule.path().replaceFirst("\\*\\*$", ""))
                        .filter(path -> !undocumented.contains(path)))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(rows).contains(path + "`"));
    }

    /** The options in the first cells of their table. */
    private static List<String> rowsOfOptions() throws IOException {
        String table = readme().substring(readme().indexOf("| Option | Default |"));
        return table.substring(0, table.indexOf("\n\n"))
                .lines()
                .flatMap(row -> Pattern.compile("--[a-z][a-z-]*")
                        .matcher(row.split(" \\| ", -1)[0])
                        .results())
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void the_commands_are_there_word_for_word() throws IOException {
        assertThat(readme())
                .contains("```sh\nmvn verify\n```")
                .contains("```sh\nmvn -q -DskipTests package -pl auth-example -am"
                        + " && java -jar auth-example/target/portcullis-example.jar\n```")
                .contains("```sh\nmvn -q -DskipTests package -pl auth-example-spring -am"
                        + " && java -jar auth-example-spring/target/portcullis-example-spring.jar\n```");
    }
}
