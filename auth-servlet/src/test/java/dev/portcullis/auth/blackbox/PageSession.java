package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.AccountKeys;
import dev.portcullis.auth.apikey.KeyRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server with the key page, a browser, and for each test another user. */
final class PageSession implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    final PageApp app = new PageApp();
    private @Nullable Server server;
    private @Nullable Browser browser;
    String user = "";

    /** Starts both, or leaves out the tests where there is no browser. */
    @Override
    public void beforeAll(ExtensionContext context) {
        String missing = Browser.missing();
        if (missing != null) {
            System.out.println("Tests of the key page are left out: " + missing);
        }
        Assumptions.assumeTrue(missing == null, () -> "Left out: " + missing);
        browser = Browser.start();
        server = new TomcatServer(app);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        begin();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertNoComplaints();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    Server server() {
        return Objects.requireNonNull(server);
    }

    Browser browser() {
        return Objects.requireNonNull(browser);
    }

    /** A new user opens the page. */
    void begin() {
        user = KeyBox.newUser();
        app.trouble.what = "";
        app.script = "";
        browser().beOffline(false);
        browser().prefer("light");
        browser().resize(1280, 900);
        browser().open(address("/api-keys/"));
        browser().complaints();
    }

    String address(String path) {
        return "http://127.0.0.1:" + server().port() + "/shop" + path;
    }

    AccountKeys account() {
        return app.keys.ofAccount(user, new Actor(user, "192.0.2.7"));
    }

    APIKey give(String name) {
        return account().issue(KeyRequest.named(name)).key();
    }

    List<APIKey> keys() {
        return account().list(null, 1000);
    }

    String token() {
        return server().trust()
                .token()
                .subject(user)
                .permissions("catalog:read", "catalog:write")
                .sign();
    }

    void signIn() {
        signIn(token());
        browser().awaitShown("#signed-in");
        browser().awaitGone("#loading");
    }

    void signIn(String token) {
        browser().type("#token", token);
        browser().click("#sign-in [type=submit]");
    }

    /** Clicks a button in the first row. */
    void click(String action) {
        browser().click("#keys tbody tr:first-child ." + action);
    }

    /** Nothing was blocked, and no script has failed. */
    void assertNoComplaints() {
        assertThat(browser().complaints())
                .noneMatch(message -> message.contains("Content Security Policy")
                        || message.contains("Content-Security-Policy")
                        || message.contains("TrustedHTML")
                        || message.contains("Uncaught"));
    }
}
