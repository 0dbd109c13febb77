package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.apikey.KeyRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the key page says when something is wrong. */
@Timeout(300)
final class KeyPageTroubleTest {

    @RegisterExtension
    static final PageSession page = new PageSession();

    private final Browser browser = page.browser();

    @Test
    void a_token_that_is_none_is_told_before_it_is_sent() {
        browser.click("#sign-in [type=submit]");
        browser.awaitText("#token-error", "Paste a token first.");
        page.signIn("two words");
        browser.awaitText("#token-error", "A token has no spaces");
        browser.awaitFocus("token");
    }

    @Test
    void a_token_that_is_refused_is_asked_for_again() {
        page.signIn("eyJhbGciOiJub25lIn0.e30.");
        browser.awaitText("#token-error", "Invalid signing algorithm. Sign in again with a fresh token.");
        browser.awaitFocus("token");
    }

    @Test
    void an_api_key_cannot_manage_keys() {
        page.signIn(page.server().trust().key());
        browser.awaitText("#notice-text", "API key management requires a signed-in user.");
        assertThat(browser.isShown("#retry")).isFalse();
        browser.picture("error-403");
    }

    @Test
    void a_token_that_expires_meanwhile_is_asked_for_again() {
        page.give("Robot");
        page.signIn();
        page.app.trouble.what = "401";
        page.click("revoke");
        browser.click("#confirm .danger");

        browser.awaitText("#token-error", "Token has expired.");
        assertThat(browser.isShown("#confirm")).isFalse();
        assertThat(browser.isShown("#signed-in")).isFalse();
        browser.picture("error-401");
        page.app.trouble.what = "";
        page.signIn();
        browser.awaitText("#keys", "Robot");
    }

    @Test
    void an_outage_is_told_and_got_over() {
        page.give("Robot");
        page.app.trouble.what = "503";
        page.signIn(page.token());
        browser.awaitText(
                "#notice-text",
                "API key store is unavailable. It is the server's own trouble: try again in 7 seconds.");
        assertThat(browser.isShown("#no-keys")).isFalse();
        browser.picture("error-503");
        page.app.trouble.what = "";
        browser.click("#retry");
        browser.awaitText("#keys", "Robot");
        assertThat(browser.isShown("#notice")).isFalse();
    }

    @Test
    void an_outage_in_a_dialog_leaves_it_open() {
        page.signIn();
        browser.click("#new-key");
        browser.type("#issue-name", "Robot");
        page.app.trouble.what = "503";
        browser.click("#issue [type=submit]");
        browser.awaitText("#issue .whole", "API key store is unavailable.");
        browser.picture("error-503-dialog");
        page.app.trouble.what = "";
        browser.click("#issue [type=submit]");
        browser.awaitShown("#shown");
        browser.click("#shown [type=submit]");
    }

    @Test
    void without_a_connection_one_can_try_again() {
        page.give("Robot");
        page.signIn();
        browser.beOffline(true);
        browser.click("#tab-audit");
        browser.awaitText("#notice-text", "There is no connection to the server.");
        browser.picture("error-offline");
        browser.beOffline(false);
        browser.click("#retry");
        browser.awaitText("#audit", "Issued");
    }

    /** A key whose answer was lost on its way is there, but nobody has it: that is told, and none is made twice. */
    @Test
    void a_lost_answer_makes_no_second_key() {
        page.signIn();
        browser.click("#new-key");
        browser.type("#issue-name", "Robot");
        page.app.trouble.what = "lost";
        browser.click("#issue [type=submit]");
        browser.awaitText("#issue .whole", "Something went wrong");
        page.app.trouble.what = "";
        browser.click("#issue [type=submit]");

        browser.awaitText("#shown-title", "The key was made already");
        browser.picture("lost-answer");
        assertThat(page.keys()).hasSize(1);
        browser.click("#shown [type=submit]");
        browser.awaitText("#keys tbody tr:first-child", "Robot");
    }

    @Test
    void too_many_keys_are_told() {
        for (int i = 0; i < 200; i++) {
            page.account().issue(KeyRequest.named("Key " + i));
        }
        page.signIn();
        browser.click("#new-key");
        browser.type("#issue-name", "One more");
        browser.click("#issue [type=submit]");
        browser.awaitText("#issue .whole", "Too many API keys.");
    }

    @Test
    void an_answer_that_nobody_expects_is_told_in_plain_words() {
        page.app.trouble.what = "500";
        page.signIn(page.token());
        browser.awaitText("#notice-text", "Something went wrong. Try again.");
        page.app.trouble.what = "200";
        browser.click("#retry");
        browser.awaitText("#notice-text", "Something went wrong. Try again.");
    }
}
