package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.apikey.KeyRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person can do on the key page, in a real browser. */
@Timeout(300)
final class KeyPageTest {

    private static final String KEY = "grd_(live|test)_[0-9a-f]{48}";

    @RegisterExtension
    static final PageSession page = new PageSession();

    private final Browser browser = page.browser();

    private String html() {
        return browser.run("return document.documentElement.outerHTML").asString();
    }

    @Test
    void the_token_stays_in_memory_alone() {
        browser.awaitFocus("token");
        String token = page.token();
        page.signIn(token);
        browser.awaitShown("#no-keys");

        assertThat(browser.focus()).isEqualTo("top");
        assertThat(html()).doesNotContain(token);
        assertThat(browser.run("return [localStorage.length, sessionStorage.length, document.cookie, location.href,"
                                + " document.querySelector('#token').value, history.state]")
                        .toString())
                .isEqualTo("[0,0,\"\",\"" + page.address("/api-keys/") + "\",\"\",null]");
        browser.open(page.address("/api-keys/"));
        browser.awaitShown("#sign-in");
    }

    @Test
    void signing_out_leaves_nothing_behind() {
        page.give("Mine alone");
        page.signIn();
        browser.awaitText("#keys", "Mine alone");
        browser.click("#sign-out");

        browser.awaitShown("#sign-in");
        assertThat(html()).doesNotContain("Mine alone");
        assertThat(browser.focus()).isEqualTo("token");
    }

    @Test
    void all_requests_go_to_the_own_server() {
        page.give("a");
        page.signIn();
        List<String> hosts = List.of(browser.run("return [...new Set(performance.getEntriesByType('resource')"
                        + ".map((entry) => new URL(entry.name).origin))].join()")
                .asString()
                .split(","));
        assertThat(hosts).containsExactly("http://127.0.0.1:" + page.server().port());
    }

    @Test
    void a_key_is_made_and_shown_once() {
        browser.devTools(
                "Browser.grantPermissions",
                Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        page.signIn();
        browser.click("#first-key");
        browser.awaitFocus("issue-name");
        browser.type("#issue-name", "Nightly import");
        browser.click("#issue [value=test]");
        browser.click("#issue [value='catalog:read']");
        browser.click("#issue [type=submit]");
        browser.awaitShown("#shown");
        browser.awaitFocus("copy");
        String plaintext = browser.text("#plaintext");
        browser.click("#copy");
        browser.awaitText("#copied", "Copied.");

        assertThat(plaintext).matches(KEY);
        assertThat(browser.run("return navigator.clipboard.readText()").asString())
                .isEqualTo(plaintext);
        APIKey key = page.keys().get(0);
        assertThat(key.hash()).isEqualTo(SHA256.of(SecretText.of(plaintext)));
        assertThat(key.scopes()).containsExactly("catalog:read");
        assertThat(Duration.between(key.createdAt(), key.expiresAt()))
                .isBetween(Duration.ofDays(89), Duration.ofDays(91));

        browser.press(Browser.ESCAPE);
        assertThat(browser.isShown("#shown")).as("Escape does not lose the key").isTrue();
        browser.click("#shown [type=submit]");
        browser.awaitGone("#shown");
        assertThat(html()).doesNotContain(plaintext);
        browser.awaitFocus("rotate");
        assertThat(browser.text("#keys tbody tr:first-child"))
                .contains("Nightly import", "test", "Active", "catalog:read");
        browser.awaitText("#status", "The key is made.");
    }

    @Test
    void what_is_wrong_stands_beside_its_field() {
        page.signIn();
        browser.click("#new-key");
        browser.type("#issue-name", "   ");
        browser.type("#issue-scopes", "holdings:read");
        browser.choose("#issue-expiry", "date");
        browser.click("#issue [type=submit]");
        browser.awaitText("#issue-expiry-error", "The time must be written");
        browser.awaitFocus("issue-expiry");
        browser.choose("#issue-expiry", "");
        browser.click("#issue [type=submit]");

        browser.awaitText("#issue-name-error", "The name must not be blank.");
        browser.awaitFocus("issue-name");
        assertThat(browser.run("return document.querySelector('#issue-name').getAttribute('aria-invalid')")
                        .asString())
                .isEqualTo("true");
        browser.awaitText("#issue-scopes-error", "A key cannot have a scope that you do not hold.");
        assertThat(page.keys()).isEmpty();

        browser.type("#issue-name", "Right");
        browser.type("#issue-scopes", "catalog:write  catalog:write");
        browser.click("#issue [type=submit]");
        browser.awaitShown("#shown");
        assertThat(page.keys()).singleElement().satisfies(key -> {
            assertThat(key.scopes()).containsExactly("catalog:write");
            assertThat(key.expiresAt()).isNull();
        });
    }

    @Test
    void a_key_is_rotated() {
        page.give("Robot");
        page.signIn();
        page.click("rotate");
        assertThat(browser.text("#rotate-title")).isEqualTo("Rotate Robot?");
        browser.choose("#rotate-overlap", "3600");
        browser.click("#rotate [type=submit]");
        browser.awaitShown("#shown");
        assertThat(browser.text("#plaintext")).matches(KEY);
        browser.click("#shown [type=submit]");

        browser.awaitText("#status", "The key is rotated.");
        browser.awaitText("#keys tbody tr:nth-child(2) .state", "Expires soon");
        List<APIKey> keys = page.keys();
        assertThat(keys).hasSize(2);
        assertThat(keys.get(1).successorID()).isEqualTo(keys.get(0).id());
        assertThat(Duration.between(keys.get(0).createdAt(), keys.get(1).expiresAt()))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void a_keys_name_and_scopes_are_changed() {
        page.account()
                .issue(KeyRequest.named("Robot").scopes(List.of("catalog:read")))
                .key();
        page.signIn();
        page.click("change");
        assertThat(browser.text("#change-title")).isEqualTo("Change Robot");
        browser.type("#change-name", "Robot <b>2</b>");
        browser.click("#change [value='catalog:read']");
        browser.click("#change [value='catalog:write']");
        browser.click("#change [type=submit]");

        browser.awaitText("#status", "The key is changed.");
        browser.awaitFocus("change");
        assertThat(browser.text("#keys tbody tr:first-child")).contains("Robot <b>2</b>", "catalog:write");
        assertThat(page.keys()).singleElement().satisfies(key -> {
            assertThat(key.name()).isEqualTo("Robot <b>2</b>");
            assertThat(key.scopes()).containsExactly("catalog:write");
        });
    }

    /** What was not touched is not sent, so that what somebody else has changed meanwhile stays. */
    @Test
    void what_is_wrong_with_a_change_stands_beside_its_field_and_the_rest_is_left_alone() {
        APIKey key = page.account()
                .issue(KeyRequest.named("Robot").scopes(List.of("catalog:read")))
                .key();
        page.signIn();
        page.account().change(key.id(), KeyChange.nothing().scopes(List.of("catalog:write")));
        page.click("change");
        browser.type("#change-name", "  ");
        browser.click("#change [type=submit]");
        browser.awaitText("#change-name-error", "The name must not be blank.");
        browser.awaitFocus("change-name");
        browser.type("#change-name", "Renamed");
        browser.click("#change [type=submit]");
        browser.awaitText("#status", "The key is changed.");
        assertThat(page.keys()).singleElement().satisfies(changed -> {
            assertThat(changed.name()).isEqualTo("Renamed");
            assertThat(changed.scopes()).containsExactly("catalog:write");
        });

        page.click("change");
        browser.type("#change-scopes", "holdings:read");
        browser.click("#change [type=submit]");
        browser.awaitText("#change-scopes-error", "A key cannot have a scope that you do not hold.");
        browser.press(Browser.ESCAPE);
        browser.awaitGone("#change");
    }

    @Test
    void a_key_that_was_rotated_elsewhere_says_so() {
        APIKey key = page.give("Robot");
        page.signIn();
        page.account().rotate(key.id(), Duration.ofDays(1), null);
        page.click("rotate");
        browser.click("#rotate [type=submit]");

        browser.awaitText("#rotate .whole", "API key has already been rotated.");
        browser.click("#rotate .cancel");
        browser.awaitGone("#rotate");
    }

    /** Nothing but the keyboard; and to confirm takes more than one key. */
    @Test
    void a_key_is_revoked_by_keyboard() {
        page.give("Lost laptop");
        page.signIn();
        browser.run("document.querySelector('#keys .revoke').focus()");
        browser.press(Browser.ENTER);
        browser.awaitShown("#confirm");
        browser.awaitFocus("cancel");
        browser.press(Browser.ESCAPE);
        browser.awaitGone("#confirm");
        browser.awaitFocus("revoke");
        assertThat(page.keys().get(0).revokedAt()).isNull();

        browser.press(Browser.ENTER);
        browser.awaitFocus("cancel");
        assertThat(browser.text("#confirm")).contains("Revoke Lost laptop?", "cannot be undone");
        browser.press(Browser.TAB + Browser.ENTER);
        browser.awaitText("#keys .state", "Revoked");
        assertThat(page.keys().get(0).revokedAt()).isNotNull();
        browser.awaitText("#status", "The key is revoked.");
        browser.awaitFocus("delete");
    }

    @Test
    void a_key_is_deleted() {
        page.give("Old");
        page.signIn();
        page.click("delete");
        browser.click("#confirm .danger");

        browser.awaitShown("#no-keys");
        assertThat(page.keys()).isEmpty();
        browser.awaitFocus("new-key");
    }

    @Test
    void a_key_that_is_gone_disappears() {
        APIKey key = page.give("Gone");
        page.signIn();
        page.account().delete(key.id());
        page.click("revoke");
        browser.click("#confirm .danger");

        browser.awaitText("#status", "That key is not there any more.");
        browser.awaitShown("#no-keys");
    }

    @Test
    void more_keys_come_when_asked_for() {
        for (int i = 0; i < 120; i++) {
            page.give("Key " + i);
        }
        page.signIn();
        assertThat(browser.run("return document.querySelectorAll('#keys tbody tr').length")
                        .asInt())
                .isEqualTo(50);
        browser.click("#more");
        browser.awaitText("#status", "100 rows are shown.");
        browser.click("#more");
        browser.awaitText("#status", "120 rows are shown.");
        browser.awaitGone("#more");
        assertThat(browser.text("#keys tbody tr:last-child th")).contains("Key 0");
    }

    @Test
    void activity_is_listed() {
        APIKey key = page.give("Robot");
        page.account().revoke(key.id());
        page.signIn();
        browser.click("#tab-keys");
        browser.press("\uE014"); // to the right
        browser.awaitFocus("tab-audit");
        browser.awaitText("#audit", "Revoked");

        assertThat(browser.text("#audit tbody tr:first-child")).contains("Revoked", "Robot", page.user, "192.0.2.7");
        assertThat(browser.run("return document.querySelectorAll('#audit tbody tr').length")
                        .asInt())
                .isEqualTo(2);
    }

    /** Names are text, whatever stands in them, and turn nothing around that stands beside them. */
    @Test
    void hostile_names_are_shown_as_text() {
        List<String> names = List.of(
                "<img src=x onerror=\"document.title='owned'\">",
                "</bdi><script>document.title='owned'</script>",
                "{api} ${1+1} {{7*7}}",
                "שלום abc!",
                "\u200fمفتاح (1)",
                "a".repeat(100));
        names.forEach(page::give);
        page.signIn();

        for (int i = 0; i < names.size(); i++) {
            String cell = "#keys tbody tr:nth-child(" + (names.size() - i) + ") bdi.name";
            assertThat(browser.run("return document.querySelector(arguments[0]).textContent", cell)
                            .asString())
                    .isEqualTo(names.get(i));
        }
        browser.click("#keys tbody tr:last-child .revoke");
        assertThat(browser.text("#confirm-title")).contains("<img src=x");
        browser.press(Browser.ESCAPE);
        assertThat(browser.run("return document.title").asString()).isEqualTo("API keys");
        assertThat(browser.run("return document.querySelectorAll('img, tbody script').length")
                        .asInt())
                .isZero();
        assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth")
                        .asBoolean())
                .as("nothing sticks out")
                .isTrue();
    }

    /** "an application that has signed its users in can spare them that". */
    @Test
    void the_application_can_hand_over_a_token() {
        page.give("Handed over");
        page.app.script = "window.dispatchEvent(new CustomEvent('portcullis-token', {detail: '" + page.token() + "'}))";
        browser.open(page.address("/signed-in/"));
        browser.awaitText("#keys", "Handed over");
    }

    /** The guide's script: its function is asked for each request, and once more if its token has just expired. */
    @Test
    void the_application_can_renew_its_token() throws IOException {
        page.give("Renewed");
        Matcher sample = Pattern.compile("```js\n(window\\.dispatchEvent.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "api-keys.md")));
        assertThat(sample.find()).isTrue();
        page.app.script = "const tokens = ['stale', '" + page.token() + "']; window.asked = 0;"
                + "const session = {getToken: async () => tokens[Math.min(window.asked++, 1)]};"
                + sample.group(1);
        browser.open(page.address("/signed-in/"));
        browser.awaitText("#keys", "Renewed");
        int asked = browser.run("return window.asked").asInt();
        browser.click("#tab-audit");
        browser.awaitText("#audit", "Issued");
        assertThat(browser.run("return window.asked").asInt()).isEqualTo(asked + 1);
    }

    @Test
    void while_the_application_says_nothing_one_can_paste_a_token() {
        browser.open(page.address("/signed-in/"));
        browser.awaitShown("#waiting");
        browser.click("#paste");
        page.signIn();
        browser.awaitShown("#no-keys");
    }
}
