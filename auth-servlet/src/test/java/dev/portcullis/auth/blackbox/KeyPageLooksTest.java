package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.apikey.AccountKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.KeyRequest;
import dev.portcullis.auth.testkit.NodeProject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * How the key page looks, in light and dark, wide and narrow: pictures are left in {@code target/screenshots}, and every
 * state of it is checked for accessibility by axe-core.
 */
@Timeout(300)
final class KeyPageLooksTest {

    private static final Path PROJECT = Path.of("src", "test", "npm");

    @RegisterExtension
    static final PageSession page = new PageSession();

    private final Browser browser = page.browser();

    private void giveKeys() {
        Instant now = Instant.now();
        AccountKeys account = page.account();
        account.issue(KeyRequest.named("Nightly import").scopes(List.of("catalog:read", "catalog:write")));
        var revoked = account.issue(KeyRequest.named("Laptop of Zoë").environment(Environment.TEST));
        account.revoke(revoked.key().id());
        account.issue(KeyRequest.named("Warehouse scanner")
                .scopes(List.of("catalog:read"))
                .expiresAt(now.plus(Duration.ofDays(3))));
        account.issue(KeyRequest.named("سجل المخزون (نسخة)").expiresAt(now.plus(Duration.ofDays(400))));
    }

    /** What is done with each state of the page. */
    @FunctionalInterface
    private interface Look {
        void at(String state);
    }

    private void eachState(Look look) {
        browser.awaitFocus("token");
        look.at("sign-in");
        page.signIn();
        look.at("empty");
        giveKeys();
        browser.click("#tab-keys");
        browser.awaitText("#keys", "Nightly import");
        look.at("list");
        browser.click("#new-key");
        look.at("issue");
        browser.click("#issue [type=submit]");
        browser.awaitShown("#issue-name-error");
        look.at("issue-errors");
        browser.press(Browser.ESCAPE);
        page.click("rotate");
        look.at("rotate");
        browser.click("#rotate [type=submit]");
        browser.awaitShown("#shown");
        browser.run("document.querySelector('#plaintext').textContent = 'grd_live_' + '0123456789abcdef'.repeat(3)");
        look.at("shown");
        browser.click("#shown [type=submit]");
        browser.awaitText("#status", "rotated");
        page.click("change");
        look.at("change");
        browser.press(Browser.ESCAPE);
        page.click("revoke");
        look.at("confirm");
        browser.press(Browser.ESCAPE);
        browser.click("#tab-audit");
        browser.awaitText("#audit", "Rotated");
        look.at("audit");
        page.app.trouble.what = "503";
        browser.click("#tab-keys");
        browser.awaitShown("#notice");
        look.at("outage");
    }

    /** Nothing sticks out to the side, whatever the width. */
    @ParameterizedTest
    @ValueSource(strings = {"light-1280", "dark-1280", "light-768", "light-390", "dark-320"})
    void it_fits(String how) {
        String[] words = how.split("-", -1);
        browser.prefer(words[0]);
        browser.resize(Integer.parseInt(words[1]), 900);
        eachState(state -> {
            browser.picture(state + "-" + how);
            assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth")
                            .asBoolean())
                    .as(state)
                    .isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void axe_finds_nothing(String colours) throws IOException, InterruptedException {
        String axe = axe();
        browser.prefer(colours);
        eachState(state -> {
            // By the browser's own means, which no content security policy of the page holds back.
            browser.run(axe);
            JsonNode violations = browser.run("return axe.run().then((results) => results.violations)");
            List<String> found = new ArrayList<>();
            violations.forEach(each -> found.add(each.get("id").asString() + " at "
                    + each.at("/nodes/0/html").asString() + ": "
                    + each.at("/nodes/0/failureSummary").asString()));
            assertThat(found).as("%s, %s", state, colours).isEmpty();
        });
    }

    /** axe-core is a measure that a page can fail. */
    @Test
    void axe_finds_what_is_wrong() throws IOException, InterruptedException {
        browser.run(axe());
        browser.run("document.querySelector('label[for=token]').remove()");
        assertThat(browser.run("return axe.run().then((results) => results.violations.map((v) => v.id).join())")
                        .asString())
                .contains("label");
    }

    private static String axe() throws IOException, InterruptedException {
        return NodeProject.installed(PROJECT, "npm").read("node_modules/axe-core/axe.min.js");
    }
}
