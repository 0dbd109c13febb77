package dev.portcullis.auth.blackbox;

import static dev.portcullis.auth.blackbox.BlackBox.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.session.OpenedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Contract section 9: what a credential is told about itself, and warnings ahead. */
interface SelfSuite extends BlackBox {

    TradingApp app();

    private Answer send(Ask ask) {
        Answer answer = ask(app(), ask);
        if (answer.status() == 200 && ask.target().equals(TradingApp.SELF)) {
            Described.DOCUMENT.check(ask, answer);
        }
        return answer;
    }

    private JsonNode self(Ask ask) {
        Answer answer = send(ask);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    default void aKeyIsToldAllAboutItself() {
        IssuedAPIKey key = app().key("user_1", "127.0.0.1", "2001:db8::/32");
        JsonNode self = self(Ask.get(TradingApp.SELF).bearer(key.plaintext()));
        assertThat(self.propertyNames())
                .containsExactly(
                        "kind",
                        "id",
                        "key_prefix",
                        "subject",
                        "environment",
                        "status",
                        "permissions",
                        "expires_at",
                        "expires_reason",
                        "ip_allowlist",
                        "your_ip",
                        "your_ip_allowed",
                        "account_standing",
                        "server_time");
        assertThat(self.toString())
                .startsWith("{\"kind\":\"api_key\",\"id\":\"" + key.key().id() + "\",\"key_prefix\":\""
                        + key.key().keyPrefix()
                        + "\",\"subject\":\"user_1\",\"environment\":\"live\",\"status\":\"active\","
                        + "\"permissions\":[\"account:read\"],\"expires_at\":null,\"expires_reason\":null,"
                        + "\"ip_allowlist\":[\"127.0.0.1\",\"2001:db8::/32\"],\"your_ip\":\"127.0.0.1\","
                        + "\"your_ip_allowed\":true,\"account_standing\":\"active\",\"server_time\":\"");
        assertThat(self.toString()).doesNotContain(key.plaintext());
    }

    @Test
    default void itAnswersWhereAnAddressOrAnAccountIsRefused() {
        IssuedAPIKey key = app().key("user_7", "192.0.2.1");
        Ask ask = Ask.get(TradingApp.SELF).bearer(key.plaintext()).with("X-Forwarded-For", "2001:db8:0::1");
        JsonNode self = self(ask);
        assertThat(self.get("your_ip").asString()).isEqualTo("2001:db8::1");
        assertThat(self.get("your_ip_allowed").asBoolean()).isFalse();
        assertRefused(send(Ask.get("/me").bearer(key.plaintext())), 403, "IP is not whitelisted.", null);

        app().accounts.suspend("user_7", true);
        assertThat(self(ask).get("account_standing").asString()).isEqualTo("suspended");
        app().accounts.suspend("user_7", false);
        app().accounts.verify("user_7", Instant.EPOCH);
        assertThat(self(ask).get("account_standing").asString()).isEqualTo("verification_expired");
        app().accounts.verify("user_7", null);
        assertRefused(send(ask.with("X-Country", "US")), 403, "Access from this location is not allowed.", null);
    }

    /** "never for an unproven credential" */
    @Test
    default void nothingUnprovenIsToldAnything() {
        IssuedAPIKey revoked = app().key("user_1");
        app().revoke(revoked);
        for (String key : List.of(revoked.plaintext(), "grd_live_" + "0".repeat(48), "grd_x")) {
            assertThat(send(Ask.get(TradingApp.SELF).bearer(key)).status()).isEqualTo(401);
        }
        assertThat(send(Ask.get(TradingApp.SELF)).status()).isEqualTo(401);
        String cookie = "gravity=" + app().user("user_1").cookieValue().reveal();
        assertThat(send(Ask.get(TradingApp.SELF).with("Cookie", cookie)).status())
                .isEqualTo(401);
    }

    @Test
    default void sessionsAndTokensAreToldTheirs() {
        IssuedAPIKey key = app().key("user_1");
        OpenedSession byKey = app().login(key);
        JsonNode session = self(TradingApp.as(byKey, Ask.get(TradingApp.SELF)));
        assertThat(session.get("kind").asString()).isEqualTo("session");
        assertThat(session.get("id").asString()).isEqualTo(byKey.session().id().toString());
        assertThat(session.get("key_prefix").asString()).isEqualTo(key.key().keyPrefix());
        assertThat(session.get("expires_reason").asString()).isEqualTo("session");
        assertThat(Instant.parse(session.get("expires_at").asString()).getEpochSecond())
                .isEqualTo(byKey.session().expiresAt().getEpochSecond());

        JsonNode web = self(TradingApp.as(app().user("user_1", "trade:write"), Ask.get(TradingApp.SELF)));
        assertThat(web.get("key_prefix").isNull()).isTrue();
        assertThat(web.get("permissions").toString()).isEqualTo("[\"trade:write\"]");

        JsonNode token = self(Ask.get(TradingApp.SELF).bearer(StubMethod.good(CredentialKind.JWT, "user_2", "b", "a")));
        assertThat(token.get("kind").asString()).isEqualTo("jwt");
        assertThat(token.get("id").isNull()).isTrue();
        assertThat(token.get("permissions").toString()).isEqualTo("[\"a\",\"b\"]");
    }

    /** "`X-Api-Key-Expires-At` on responses warns ahead" */
    @Test
    default void aKeyThatSoonExpiresIsWarned() {
        Instant end =
                Instant.ofEpochSecond(Instant.now().plus(Duration.ofDays(5)).getEpochSecond());
        IssuedAPIKey soon = app().key("user_1", end);
        String header = "X-Api-Key-Expires-At";
        assertThat(send(Ask.get("/me").bearer(soon.plaintext())).header(header)).isEqualTo(end.toString());
        assertThat(send(Ask.get("/pairs/PEPE").bearer(soon.plaintext())).header(header))
                .isEqualTo(end.toString());
        OpenedSession opened = app().login(soon);
        assertThat(send(TradingApp.as(opened, Ask.get("/me"))).header(header)).isEqualTo(end.toString());
        IssuedAPIKey late = app().key("user_1", end.plus(Duration.ofDays(10)));
        assertThat(send(Ask.get("/me").bearer(late.plaintext())).header(header)).isNull();
        assertThat(send(Ask.get("/me").bearer("grd_x")).header(header)).isNull();
    }
}
