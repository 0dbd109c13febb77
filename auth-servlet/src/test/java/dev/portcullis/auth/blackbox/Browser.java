package dev.portcullis.auth.blackbox;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A headless Chromium, spoken to by WebDriver (W3C). It has a profile of its own, which is thrown away, and talks to
 * nobody but the server under test.
 */
final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration HANG = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

    /** Where pictures of the page are put, to be looked at. */
    private static final Path PICTURES = Path.of("target", "screenshots");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final Path directory;
    private final String session;

    /** The Escape key, as WebDriver writes it. */
    static final String ESCAPE = "\uE00C";

    /** The Tab key. */
    static final String TAB = "\uE004";

    /** The Enter key. */
    static final String ENTER = "\uE007";

    private Browser(Process driver, Path directory, String address) {
        this.driver = driver;
        this.directory = directory;
        this.session = address + "/session/" + newSession(address);
    }

    /** Why there is no browser on this machine, or null if there is one. */
    static @Nullable String missing() {
        for (String program : List.of("chromium", "chromedriver")) {
            if (Stream.of(System.getenv("PATH").split(":")).noneMatch(at -> Files.isExecutable(Path.of(at, program)))) {
                return program + " is not on this machine";
            }
        }
        return null;
    }

    static Browser start() {
        try {
            Path directory = Files.createTempDirectory("browser");
            Path log = directory.resolve("driver.log");
            Process driver = new ProcessBuilder("chromedriver", "--port=0")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            await().atMost(HANG)
                    .until(() -> STARTED.matcher(Files.readString(log)).find() || !driver.isAlive());
            Matcher started = STARTED.matcher(Files.readString(log));
            if (!started.find()) {
                throw new IllegalStateException("chromedriver does not start: " + Files.readString(log));
            }
            return new Browser(driver, directory, "http://127.0.0.1:" + started.group(1));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String newSession(String address) {
        List<String> arguments = List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,900",
                "--user-data-dir=" + directory.resolve("profile"));
        Map<String, Object> always = Map.of(
                "browserName",
                "chrome",
                "goog:chromeOptions",
                Map.of("args", arguments, "binary", binary()),
                "goog:loggingPrefs",
                Map.of("browser", "ALL"));
        return send("POST", address + "/session", Map.of("capabilities", Map.of("alwaysMatch", always)))
                .get("sessionId")
                .asString();
    }

    private static String binary() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(at -> Path.of(at, "chromium"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
    }

    private JsonNode send(String method, String address, @Nullable Object body) {
        HttpRequest.BodyPublisher sent = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(HANG)
                .method(method, sent)
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode value = JSON.readTree(response.body()).get("value");
            if (response.statusCode() != 200) {
                throw new WebDriverFailure(value.get("error").asString() + ": "
                        + value.get("message").asString());
            }
            return value;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the browser could not do. */
    static final class WebDriverFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WebDriverFailure(String message) {
            super(message);
        }
    }

    private JsonNode command(String path, Object body) {
        return send("POST", session + path, body);
    }

    void open(String url) {
        command("/url", Map.of("url", url));
    }

    /** Runs a script, and gives what it returns; a promise is waited for. */
    JsonNode run(String script, Object... arguments) {
        return command("/execute/sync", Map.of("script", script, "args", List.of(arguments)));
    }

    private String element(String selector) {
        await().atMost(PATIENCE).alias(selector).until(() -> isShown(selector));
        return find(selector);
    }

    private String find(String selector) {
        return command("/element", Map.of("using", "css selector", "value", selector))
                .get(ELEMENT)
                .asString();
    }

    /** Whether there is such an element and a person can see it. */
    boolean isShown(String selector) {
        return run(
                        "return [...document.querySelectorAll(arguments[0])].some((e) => e.checkVisibility() && e.getClientRects().length > 0)",
                        selector)
                .asBoolean();
    }

    void awaitShown(String selector) {
        element(selector);
    }

    void awaitGone(String selector) {
        await().atMost(PATIENCE).alias("no " + selector).until(() -> !isShown(selector));
    }

    void click(String selector) {
        command("/element/" + element(selector) + "/click", Map.of());
    }

    /** Chooses an option of a select. */
    void choose(String select, String value) {
        element(select);
        command("/element/" + find(select + " [value='" + value + "']") + "/click", Map.of());
    }

    /** Types into an element, in the place of what is there. */
    void type(String selector, String text) {
        String element = element(selector);
        command("/element/" + element + "/clear", Map.of());
        command("/element/" + element + "/value", Map.of("text", text));
    }

    /** Presses keys, wherever the focus is. */
    void press(String keys) {
        List<Map<String, String>> actions = new ArrayList<>();
        keys.codePoints().mapToObj(Character::toString).forEach(key -> {
            actions.add(Map.of("type", "keyDown", "value", key));
            actions.add(Map.of("type", "keyUp", "value", key));
        });
        command("/actions", Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", actions))));
    }

    /** The text of an element as it is shown. */
    String text(String selector) {
        return send("GET", session + "/element/" + element(selector) + "/text", null)
                .asString();
    }

    void awaitText(String selector, String part) {
        await().atMost(PATIENCE)
                .alias(part + " in " + selector)
                .until(() -> run("return document.querySelector(arguments[0])?.textContent ?? ''", selector)
                        .asString()
                        .contains(part));
    }

    /** The id of the element that has the focus, or its class, or its name. */
    String focus() {
        return run("const e = document.activeElement; return e.id || e.className || e.localName")
                .asString();
    }

    void awaitFocus(String expected) {
        await().atMost(PATIENCE).alias("the focus on " + expected).until(() -> focus().equals(expected));
    }

    /** Takes a picture of all of the page. */
    void picture(String name) {
        try {
            Files.createDirectories(PICTURES);
            String data = send("GET", session + "/screenshot", null).asString();
            Files.write(PICTURES.resolve(name + ".png"), Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode devTools(String command, Map<String, ?> parameters) {
        return command("/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    void resize(int width, int height) {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void prefer(String colours) {
        devTools(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    void beOffline(boolean offline) {
        devTools("Network.enable", Map.of());
        devTools(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** What the console has said since the last call: errors, also of the content security policy. */
    List<String> complaints() {
        List<String> messages = new ArrayList<>();
        for (JsonNode entry : command("/se/log", Map.of("type", "browser"))) {
            messages.add(
                    entry.get("level").asString() + " " + entry.get("message").asString());
        }
        return messages;
    }

    @Override
    public void close() {
        try {
            send("DELETE", session, null);
        } finally {
            driver.destroy();
            driver.onExit().join();
            delete();
        }
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
