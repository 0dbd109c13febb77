package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.AccountKeys;
import dev.portcullis.auth.apikey.Actor;
import dev.portcullis.auth.apikey.KeyRequest;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A server with the key page, a browser, and each time another user. */
final class PageSession implements AutoCloseable {

    final PageApp app = new PageApp();
    final Server server;
    final Browser browser;
    String user = "";

    private PageSession(Browser browser) {
        this.browser = browser;
        this.server = new TomcatServer(app);
    }

    /** Starts both, or leaves out the tests where there is no browser. */
    static PageSession start() {
        String missing = Browser.missing();
        if (missing != null) {
            System.out.println("Tests of the key page are left out: " + missing);
        }
        Assumptions.assumeTrue(missing == null, () -> "Left out: " + missing);
        return new PageSession(Browser.start());
    }

    /** A new user opens the page. */
    void begin() {
        user = KeyBox.newUser();
        app.trouble.what = "";
        app.script = "";
        browser.beOffline(false);
        browser.prefer("light");
        browser.resize(1280, 900);
        browser.open(address("/api-keys/"));
        browser.complaints();
    }

    String address(String path) {
        return "http://127.0.0.1:" + server.port() + "/shop" + path;
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
        return server.trust()
                .token()
                .subject(user)
                .permissions("catalog:read", "catalog:write")
                .sign();
    }

    void signIn() {
        signIn(token());
        browser.awaitShown("#signed-in");
        browser.awaitGone("#loading");
    }

    void signIn(String token) {
        browser.type("#token", token);
        browser.click("#sign-in [type=submit]");
    }

    /** Clicks a button in the first row. */
    void click(String action) {
        browser.click("#keys tbody tr:first-child ." + action);
    }

    /** Nothing was blocked, and no script has failed. */
    void assertNoComplaints() {
        assertThat(browser.complaints())
                .noneMatch(message -> message.contains("Content Security Policy")
                        || message.contains("Content-Security-Policy")
                        || message.contains("TrustedHTML")
                        || message.contains("Uncaught"));
    }

    @Override
    public void close() {
        browser.close();
        server.close();
    }
}
