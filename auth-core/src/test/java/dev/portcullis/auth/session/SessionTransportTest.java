package dev.portcullis.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 6: what travels, to the character. */
class SessionTransportTest {

    private static OpenedSession until(String expiresAt) {
        SecretText value = SecretText.of("v".repeat(43));
        Session session = new Session(
                UUID.randomUUID(),
                SHA256.of(value),
                "user_1",
                LoginType.WEB,
                CredentialKind.JWT,
                Set.of(),
                null,
                Instant.EPOCH,
                Instant.parse(expiresAt));
        return new OpenedSession(session, value);
    }

    /** RFC 9110 section 5.6.7: two digits of the day, always; known clients read nothing but {@code Expires}. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-23T10:00:00.999Z, 'Mon, 23 Nov 2026 10:00:00 GMT'",
        "2026-12-06T00:00:00Z, 'Sun, 06 Dec 2026 00:00:00 GMT'",
        "9999-12-31T23:59:59Z, 'Fri, 31 Dec 9999 23:59:59 GMT'"
    })
    void the_cookie_is_written_as_known_clients_read_it(String expiresAt, String date) {
        assertThat(SessionTransport.usual().cookieFor(until(expiresAt)))
                .isEqualTo(
                        "gravity=" + "v".repeat(43) + "; Path=/; Expires=" + date + "; HttpOnly; Secure; SameSite=Lax");
    }

    @Test
    void a_cookie_is_forgotten_by_the_same_name() {
        assertThat(SessionTransport.usual().cookie("sid").cookieToForget())
                .isEqualTo("sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a;b", "a=b", "a,b", "a\n", "\u00fc", "a\"", "(a)", "a(", "a\u007f"})
    void a_name_that_is_no_token_stops_the_start(String name) {
        assertThatThrownBy(() -> SessionTransport.usual().cookie(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SessionTransport.usual().accountHeader(name))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_name_is_of_every_character_of_a_token() {
        String name = "!#$%&'*+-.^_`|~aZ09";
        SessionTransport transport = SessionTransport.usual().cookie(name).accountHeader(name);
        assertThat(transport.cookieName()).isEqualTo(name);
        assertThat(transport.accountHeader()).isEqualTo(name);
    }

    /** Nothing in an account's name can end the field or begin another (RFC 9110 section 5.5). */
    @ParameterizedTest
    @CsvSource({
        "user_1, user_1",
        "auth0|5f7, auth0|5f7",
        "100%, 100%",
        "'a b', a%20b",
        "'! ~', !%20~",
        "'a\r\nb', a%0D%0Ab",
        "\u017e, %C5%BE",
        "\ud83d\udd11, %F0%9F%94%91",
        "'\u007f', %7F"
    })
    void an_account_is_written_so_that_a_header_can_hold_it(String account, String written) {
        assertThat(SessionTransport.headerValueOf(account)).isEqualTo(written);
    }

    @Test
    void nothing_that_is_shown_holds_the_value() {
        OpenedSession opened = until("2026-11-23T10:00:00Z");
        assertThat(opened.toString())
                .isEqualTo("OpenedSession[Session[" + opened.session().id() + ", web], cookieValue=redacted]");
        assertThat(new LoginOutcome.Opened(opened).toString()).doesNotContain("vvv");
    }
}
