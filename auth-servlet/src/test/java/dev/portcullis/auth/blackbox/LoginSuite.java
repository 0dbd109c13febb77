package dev.portcullis.auth.blackbox;

import static dev.portcullis.auth.blackbox.BlackBox.assertRefused;
import static dev.portcullis.auth.blackbox.BlackBox.assertSeen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Contract section 6: the login, over the wire. */
interface LoginSuite extends BlackBox {

    /** "exactly one Set-Cookie: gravity=<opaque>; Path=/; Expires=<IMF-fixdate>; HttpOnly; Secure; SameSite=Lax" */
    Pattern SET_COOKIE =
            Pattern.compile("gravity=([A-Za-z0-9_-]{43}); Path=/; Expires=([A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2}"
                    + " \\d{4} \\d{2}:\\d{2}:\\d{2} GMT); HttpOnly; Secure; SameSite=Lax");

    Pattern SUCCESS = Pattern.compile(
            "\\{\"status\": \"success\", \"expires_at\": \"(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z)\"\\}");

    TradingApp app();

    private Answer send(Ask ask) {
        return ask(app(), ask);
    }

    static Ask login(String apiKey) {
        return body("{\"api_key\": \"" + apiKey + "\"}");
    }

    static Ask body(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return Ask.of("POST", TradingApp.LOGIN)
                .with("Content-Type", "application/json")
                .with("Content-Length", Integer.toString(bytes.length))
                .withBody(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    static Matcher cookieIn(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.all("Set-Cookie")).hasSize(1);
        Matcher cookie = SET_COOKIE.matcher(String.valueOf(answer.header("Set-Cookie")));
        assertThat(cookie.matches()).as(answer.header("Set-Cookie")).isTrue();
        return cookie;
    }

    private static void assertFailed(Answer answer, int status, String message) {
        assertThat(answer.body()).isEqualTo("{\"error\": \"" + message + "\", \"status\": \"failure\"}");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.all("Set-Cookie")).isEmpty();
        assertThat(answer.header("X-Grvt-Account-Id")).isNull();
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    // Success

    @Test
    default void aKeyIsExchangedForASessionOfADay() {
        Answer answer = send(login(app().key("user_1").plaintext()));
        Matcher cookie = cookieIn(answer);
        assertThat(answer.header("X-Grvt-Account-Id")).isEqualTo("user_1");
        assertThat(answer.body()).doesNotContain("user_1", cookie.group(1));
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        Matcher success = SUCCESS.matcher(answer.body());
        assertThat(success.matches()).as(answer.body()).isTrue();
        Instant expires = Instant.parse(success.group(1));
        assertThat(ZonedDateTime.parse(cookie.group(2), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .isEqualTo(expires);
        assertThat(expires)
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofDays(1)));
        Ask ask = Ask.get("/me").with("Cookie", "gravity=" + cookie.group(1)).with("X-Grvt-Account-Id", "user_1");
        assertSeen(send(ask), "principal=user_1", "authType=SESSION");
    }

    /** "A session never outlives its key". */
    @Test
    default void theCookieExpiresWithItsKeyIfThatIsSooner() {
        Instant end = Instant.now().plus(Duration.ofHours(2));
        Matcher cookie = cookieIn(send(login(app().key("user_1", end).plaintext())));
        assertThat(ZonedDateTime.parse(cookie.group(2), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .isEqualTo(Instant.ofEpochSecond(end.getEpochSecond()));
    }

    /** Session fixation: what a client, or somebody before it, has set is never used. */
    @Test
    default void aLoginMakesAValueOfItsOwn() {
        String planted = "A".repeat(43);
        IssuedAPIKey key = app().key("user_1");
        Ask ask = login(key.plaintext()).with("Cookie", "gravity=" + planted);
        String first = cookieIn(send(ask)).group(1);
        String second = cookieIn(send(ask.with("X-Grvt-Account-Id", "user_1"))).group(1);
        assertThat(List.of(first, second)).doesNotContain(planted).doesNotHaveDuplicates();
        Ask fixed = Ask.get("/me").with("Cookie", "gravity=" + planted).with("X-Grvt-Account-Id", "user_1");
        assertThat(send(fixed).status()).isEqualTo(401);
    }

    /** Browsers send the cookie of the last session along, and nothing else of it. */
    @Test
    default void noOtherCredentialKeepsAnybodyFromLoggingIn() {
        String key = app().key("user_1").plaintext();
        cookieIn(send(login(key).with("Cookie", "rm=true; gravity=x; Path=/")));
        cookieIn(send(login(key).bearer("grd_live_x")));
        cookieIn(send(login(key).with("x-api-key", "x").with("x-api-key", "y")));
    }

    // Failures, in the login's own form

    @Test
    default void aKeyThatIsNoneHereIsNotFound() {
        IssuedAPIKey deleted = app().key("user_1");
        app().delete(deleted);
        for (String key : List.of(deleted.plaintext(), "", "x", "grd_live_" + "0".repeat(48), "grd_live_", "\u00fc")) {
            assertFailed(send(login(key)), 401, "api_key not found");
        }
    }

    @Test
    default void aDeadKeyIsToldHowItDied() {
        IssuedAPIKey revoked = app().key("user_1");
        app().revoke(revoked);
        assertFailed(send(login(revoked.plaintext())), 401, "api_key has been revoked");
        IssuedAPIKey expired = app().key("user_1", Instant.now().plusMillis(50));
        while (Instant.now().isBefore(expired.key().expiresAt())) {
            Thread.onSpinWait();
        }
        assertFailed(send(login(expired.plaintext())), 401, "api_key has expired");
    }

    /** "the key is judged before the place" */
    @Test
    default void thePlaceIsJudgedAfterTheKey() {
        IssuedAPIKey key = app().key("user_1", "192.0.2.1", "2001:db8::/32");
        assertFailed(send(login(key.plaintext())), 401, "IP is not whitelisted");
        assertFailed(send(login(key.plaintext()).with("X-Forwarded-For", "2001:db9::1")), 401, "IP is not whitelisted");
        assertFailed(
                send(login(key.plaintext()).with("X-Forwarded-For", "192.0.2.1").with("X-Country", "US")),
                403,
                "Access from this location is not allowed.");
        cookieIn(send(login(key.plaintext()).with("X-Forwarded-For", "2001:db8::1")));
        assertFailed(send(login("grd_live_x").with("X-Country", "US")), 401, "api_key not found");
        app().revoke(key);
        assertFailed(send(login(key.plaintext()).with("X-Country", "US")), 401, "api_key has been revoked");
    }

    @Test
    default void aSuspendedAccountDoesNotLogIn() {
        IssuedAPIKey key = app().key("user_8");
        app().accounts.suspend("user_8", true);
        assertFailed(send(login(key.plaintext())), 403, "Account is suspended.");
        app().accounts.suspend("user_8", false);
        cookieIn(send(login(key.plaintext())));
    }

    @Test
    default void aMalformedBodyIsTheClientsFault() {
        String key = app().key("user_1").plaintext();
        String malformed = "Request could not be processed due to malformed syntax";
        for (String body : List.of(
                "",
                "{}",
                "[]",
                "null",
                "{",
                "{\"api_key\": 1}",
                "{\"api_key\": null}",
                "{\"api_key\": [\"" + key + "\"]}",
                "{\"API_KEY\": \"" + key + "\"}",
                "{\"api_key\": \"" + key + "\", \"api_key\": \"" + key + "\"}",
                "{\"api_key\": \"" + key + "\"} {}",
                "{\"api_key\": \"" + key + "\"} x",
                "\ufeff{\"api_key\": \"" + key + "\"}",
                "[".repeat(1000),
                "{\"a\":".repeat(500),
                "{\"x\": \"" + "y".repeat(5000) + "\", \"api_key\": \"" + key + "\"}")) {
            assertFailed(send(body(body)), 400, malformed);
        }
        Ask form = Ask.of("POST", TradingApp.LOGIN)
                .with("Content-Type", "text/plain")
                .with("Content-Length", Integer.toString(key.length() + 15))
                .withBody("{\"api_key\": \"" + key + "\"}");
        assertFailed(send(form), 400, malformed);
        assertFailed(send(login(key).with("Content-Encoding", "gzip")), 400, malformed);
        cookieIn(send(body("{\"other\": {\"api_key\": 1}, \"api_key\": \"" + key + "\"}")));
    }

    /** A chunk that is none, and a body that breaks off: a malformed request, whoever says so. */
    @Test
    default void aBodyThatDoesNotArriveIsTheClientsFault() {
        for (String chunks : List.of("zz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n0\r\n\r\n")) {
            Ask broken = Ask.of("POST", TradingApp.LOGIN)
                    .with("Content-Type", "application/json")
                    .with("Transfer-Encoding", "chunked")
                    .withBody(chunks);
            assertThat(send(broken).status()).as(chunks).isEqualTo(400);
        }
    }

    @Test
    default void onlyAPostLogsIn() {
        Answer answer = send(Ask.get(TradingApp.LOGIN));
        assertFailed(answer, 405, "Method not allowed.");
        assertThat(answer.header("Allow")).isEqualTo("POST");
    }

    /** "authentication only on one" host: `edge.localhost` */
    @Test
    default void aLoginOnTheWrongHostIsRefused() {
        Ask ask = login(app().key("user_1").plaintext());
        assertRefused(
                send(ask.with("Host", "trades.localhost")), 403, "This endpoint is not served on this host.", null);
        cookieIn(send(ask.with("Host", "edge.localhost")));
    }

    // Guessing

    @Test
    default void tooManyLoginsWithOneKeyHaveToWait() {
        String key = app().key("user_1").plaintext();
        for (int i = 0; i < TradingApp.WITH_ONE_KEY; i++) {
            cookieIn(send(login(key)));
        }
        Answer answer = send(login(key));
        assertFailed(answer, 429, "You have surpassed the allocated rate limit for your tier");
        assertThat(Integer.parseInt(String.valueOf(answer.header("Retry-After"))))
                .isBetween(1, 720);
        cookieIn(send(login(app().key("user_1").plaintext())));
    }

    @Test
    default void tooManyGuessesFromOneAddressHaveToWait() {
        for (int i = 0; i < TradingApp.FROM_ONE_ADDRESS; i++) {
            send(login("guess " + i).with("X-Forwarded-For", "198.51.100.7"));
        }
        Answer answer = send(login("one more").with("X-Forwarded-For", "198.51.100.7"));
        assertFailed(answer, 429, "You have surpassed the allocated rate limit for your tier");
        assertThat(Integer.parseInt(String.valueOf(answer.header("Retry-After"))))
                .isBetween(1, 36);
        Ask good = login(app().key("user_1").plaintext());
        assertThat(send(good.with("X-Forwarded-For", "198.51.100.7")).status()).isEqualTo(429);
        cookieIn(send(good.with("X-Forwarded-For", "198.51.100.8")));
    }

    @Test
    default void theListenerIsToldOfLogins() {
        IssuedAPIKey revoked = app().key("user_1");
        app().revoke(revoked);
        String tied = app().key("user_1", "192.0.2.1").plaintext();
        server().witness().takeAll();
        send(login(app().key("user_1").plaintext()));
        send(login(revoked.plaintext()));
        send(login(tied));
        assertThat(server().witness().takeAll())
                .filteredOn(event ->
                        event.type() != AuthEvent.Type.NO_CREDENTIAL && event.type() != AuthEvent.Type.PERMITTED)
                .extracting(AuthEvent::type, AuthEvent::reason, AuthEvent::kind, AuthEvent::subject)
                .containsExactly(
                        tuple(AuthEvent.Type.AUTHENTICATED, null, CredentialKind.API_KEY, "user_1"),
                        tuple(AuthEvent.Type.REJECTED, Reason.API_KEY_REVOKED, CredentialKind.API_KEY, null),
                        tuple(AuthEvent.Type.DENIED, Reason.ADDRESS_NOT_ALLOWED, null, null));
    }
}
