package dev.portcullis.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.KeyJudge;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.KeyChange;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract sections 1 and 6: which requests bear a session, and what is said of each. */
class SessionAuthenticationTest {

    private static final String UNKNOWN = "A".repeat(43);

    private final SessionFixture house = new SessionFixture();

    @AfterEach
    void close() {
        house.close();
    }

    private Caller accepted(AuthRequest request) {
        Outcome outcome = house.method.authenticate(request);
        assertThat(outcome).isInstanceOf(Outcome.Authenticated.class);
        return ((Outcome.Authenticated) outcome).caller();
    }

    private void rejected(AuthRequest request, Reason reason) {
        assertThat(house.method.authenticate(request)).isEqualTo(Outcome.rejected(reason, CredentialKind.SESSION));
    }

    private void notApplicable(AuthRequest request) {
        assertThat(house.method.authenticate(request)).isEqualTo(Outcome.notApplicable());
    }

    // Section 6: "needs both the cookie and the account-id header, and they must belong together"

    @Test
    void a_cookie_and_its_accounts_header_are_let_in_together() {
        OpenedSession opened = house.open("user_1");
        Caller caller = accepted(SentRequest.of(opened));
        assertThat(caller.kind()).isEqualTo(CredentialKind.SESSION);
        assertThat(caller.subject()).isEqualTo("user_1");
        assertThat(caller.permissions()).containsExactly("account:read");
        assertThat(caller.attributes())
                .containsOnlyKeys("session_id", "login_type", "opened_by", "session_expires_at")
                .containsEntry("session_id", opened.session().id().toString())
                .containsEntry("login_type", "web")
                .containsEntry("opened_by", CredentialKind.JWT);
    }

    @Test
    void half_a_session_is_none() {
        OpenedSession opened = house.open("user_1");
        String cookie = "gravity=" + opened.cookieValue().reveal();
        rejected(SentRequest.empty().cookie(cookie), Reason.INCOMPLETE_SESSION);
        rejected(SentRequest.empty().account("user_1"), Reason.INCOMPLETE_SESSION);
        rejected(SentRequest.empty().account("user_1").cookie("theme=dark"), Reason.INCOMPLETE_SESSION);
        rejected(SentRequest.empty().cookie("gravity="), Reason.INCOMPLETE_SESSION);
    }

    @Test
    void a_request_without_either_half_is_left_to_others() {
        notApplicable(SentRequest.empty());
        notApplicable(SentRequest.empty().cookie("theme=dark; Path=/; xgravity=1; GRAVITY=2; gravity_2=3; gravity"));
        notApplicable(SentRequest.empty().field("X-Account-Id", "user_1"));
    }

    @Test
    void a_cookie_of_another_account_is_of_no_use() {
        OpenedSession mine = house.open("user_1");
        for (String account : new String[] {"user_2", "User_1", "user_1x", "user_", "", "user_1, user_1"}) {
            rejected(SentRequest.of(mine.cookieValue(), account), Reason.SESSION_OF_OTHER_ACCOUNT);
        }
        OpenedSession other = house.open("user_2");
        rejected(SentRequest.of(other.cookieValue(), "user_1"), Reason.SESSION_OF_OTHER_ACCOUNT);
    }

    @Test
    void the_header_can_name_an_account_that_is_not_ASCII() {
        OpenedSession opened = house.open("j\u00fcrgen \u00fc");
        accepted(SentRequest.of(opened.cookieValue(), "j%C3%BCrgen%20%C3%BC"));
        rejected(SentRequest.of(opened.cookieValue(), "j%c3%bcrgen%20%c3%bc"), Reason.SESSION_OF_OTHER_ACCOUNT);
    }

    @Test
    void white_space_around_the_header_is_not_part_of_it() {
        OpenedSession opened = house.open("user_1");
        accepted(SentRequest.of(opened.cookieValue(), " user_1\t"));
    }

    @Test
    void the_header_stands_once() {
        OpenedSession opened = house.open("user_1");
        rejected(SentRequest.of(opened).account("user_1"), Reason.MALFORMED_SESSION);
        rejected(SentRequest.of(opened).account("user_2"), Reason.MALFORMED_SESSION);
    }

    // RFC 6265, strictly: exactly one cookie of the name, whatever other cookies there are

    @Test
    void the_cookie_is_found_among_others_in_one_field_or_several() {
        OpenedSession opened = house.open("user_1");
        String ours = "gravity=" + opened.cookieValue().reveal();
        for (String field : new String[] {
            "a=b; " + ours,
            ours + "; a=b",
            ours + ";a=b; c=\"d;e\"",
            "Path=/; " + ours,
            "a; ; =x;" + ours + ";",
            "; " + ours + "; ",
            ours + ";\t;",
            " \t" + ours + " \t",
            "gravity_2=x; xgravity=y; GRAVITY=z; " + ours
        }) {
            accepted(SentRequest.empty().cookie(field).account("user_1"));
        }
        accepted(SentRequest.empty().cookie("a=b").cookie(ours).cookie("Path=c").account("user_1"));
    }

    @Test
    void two_cookies_of_the_name_are_one_too_many_even_if_they_are_the_same() {
        OpenedSession opened = house.open("user_1");
        String ours = "gravity=" + opened.cookieValue().reveal();
        rejected(SentRequest.empty().cookie(ours + "; " + ours).account("user_1"), Reason.MALFORMED_SESSION);
        rejected(SentRequest.empty().cookie(ours + "; gravity=").account("user_1"), Reason.MALFORMED_SESSION);
        rejected(SentRequest.empty().cookie(ours).cookie(ours).account("user_1"), Reason.MALFORMED_SESSION);
        rejected(SentRequest.empty().cookie("gravity=x; a=b").cookie(ours).account("user_1"), Reason.MALFORMED_SESSION);
    }

    /** "or a whole {@code Set-Cookie} string pasted into {@code Cookie}" */
    @Test
    void a_whole_set_cookie_is_no_cookie() {
        OpenedSession opened = house.open("user_1");
        String whole = SessionTransport.usual().cookieFor(opened);
        rejected(SentRequest.empty().cookie(whole).account("user_1"), Reason.MALFORMED_SESSION);
        rejected(SentRequest.empty().cookie("a=b; " + whole).account("user_1"), Reason.MALFORMED_SESSION);
        rejected(SentRequest.empty().cookie("Set-Cookie: " + whole).account("user_1"), Reason.INCOMPLETE_SESSION);
        for (String attribute : new String[] {
            "Path=/",
            "path=/",
            "Expires=Mon, 23 Nov 2026 10:00:00 GMT",
            "Max-Age=1",
            "DOMAIN=x",
            "Secure",
            "HttpOnly",
            "SameSite=Lax",
            " samesite =Lax",
            "Partitioned"
        }) {
            String field = "gravity=" + opened.cookieValue().reveal() + "; a=b;" + attribute;
            rejected(SentRequest.empty().cookie(field).account("user_1"), Reason.MALFORMED_SESSION);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s=",
                "\"%s\"",
                "%sA",
                " %s",
                "%s\u0000",
                "%s%%00",
                "=%s",
                "%s,a=b",
            })
    void another_spelling_of_the_value_is_another_value(String spelling) {
        OpenedSession opened = house.open("user_1");
        String cookie = "gravity=" + spelling.formatted(opened.cookieValue().reveal());
        rejected(SentRequest.empty().cookie(cookie).account("user_1"), Reason.MALFORMED_SESSION);
    }

    @Test
    void one_wrong_character_is_an_unknown_session() {
        OpenedSession opened = house.open("user_1");
        String value = opened.cookieValue().reveal();
        for (int i = 0; i < value.length(); i++) {
            char other = value.charAt(i) == 'A' ? 'B' : 'A';
            String changed = value.substring(0, i) + other + value.substring(i + 1);
            rejected(SentRequest.of(SecretText.of(changed), "user_1"), Reason.INVALID_SESSION);
        }
        rejected(SentRequest.of(SecretText.of("\u00fc".repeat(43)), "user_1"), Reason.INVALID_SESSION);
    }

    // Section 1: "A credential in a header beats the cookie, which browsers send by themselves."

    @Test
    void a_credential_in_a_header_beats_the_cookie() {
        OpenedSession opened = house.open("user_1");
        notApplicable(SentRequest.of(opened).bearer("eyJhbGciOiJSUzI1NiJ9.e30.c2ln"));
        notApplicable(SentRequest.of(opened).bearer("grd_live_x"));
        notApplicable(SentRequest.of(opened).field("x-api-key", "grd_live_x"));
        notApplicable(SentRequest.empty().cookie("gravity=x").bearer("token"));
        notApplicable(SentRequest.empty().account("user_1").bearer("token"));
        accepted(SentRequest.of(opened).field("Authorization", "Basic dTpw"));
    }

    @Test
    void the_way_in_which_credentials_were_sent_is_judged_first() {
        SentRequest request = SentRequest.of(house.open("user_1")).field("Authorization", "Bearer");
        assertThat(house.method.authenticate(request)).isEqualTo(Outcome.rejected(Reason.EMPTY_BEARER, null));
    }

    // "an unknown or ended session"; "past its time: 401 `Session has expired.`"

    @Test
    void a_session_that_never_was_is_invalid_whoever_it_names() {
        rejected(SentRequest.of(SecretText.of(UNKNOWN), "user_1"), Reason.INVALID_SESSION);
        house.open("user_1");
        rejected(SentRequest.of(SecretText.of(UNKNOWN), "user_1"), Reason.INVALID_SESSION);
    }

    @Test
    void an_ended_session_is_invalid() {
        OpenedSession opened = house.open("user_1");
        OpenedSession other = house.open("user_1");
        assertThat(house.sessions.end(accepted(SentRequest.of(opened)))).isTrue();
        rejected(SentRequest.of(opened), Reason.INVALID_SESSION);
        accepted(SentRequest.of(other));
    }

    @Test
    void a_session_lasts_to_the_millisecond() {
        OpenedSession opened = house.open("user_1");
        house.pass(Duration.ofDays(7).minusMillis(1));
        accepted(SentRequest.of(opened));
        house.pass(Duration.ofMillis(1));
        rejected(SentRequest.of(opened), Reason.SESSION_EXPIRED);
        rejected(SentRequest.of(opened.cookieValue(), "user_2"), Reason.SESSION_OF_OTHER_ACCOUNT);
    }

    // "A session never outlives its key, and dies at once when its key is revoked, deleted or expires."

    @Test
    void a_session_has_its_keys_permissions_as_they_are_now() {
        var key = house.key();
        SentRequest request = SentRequest.of(house.login(key));
        Caller caller = accepted(request);
        assertThat(caller.permissions()).containsExactlyInAnyOrder("account:read", "trade:write");
        assertThat(caller.attributes())
                .containsEntry("key_id", key.key().id().toString())
                .containsEntry("environment", "live")
                .containsEntry("login_type", "api_key")
                .containsEntry("opened_by", CredentialKind.API_KEY);
        assertThat(caller.attributes())
                .containsKeys("session_id", "session_expires_at")
                .hasSize(9);
        house.keys
                .ofAccount("account-1", Actor.APPLICATION)
                .change(key.key().id(), KeyChange.nothing().scopes(Set.of("account:read")));
        assertThat(accepted(request).permissions()).containsExactly("account:read");
    }

    @Test
    void a_session_dies_at_once_with_its_key() {
        var revoked = house.key();
        var deleted = house.key();
        var bystander = house.key();
        SentRequest ofRevoked = SentRequest.of(house.login(revoked));
        SentRequest ofDeleted = SentRequest.of(house.login(deleted));
        SentRequest ofBystander = SentRequest.of(house.login(bystander));
        house.keys.revoke(revoked.key().id());
        house.keys.delete(deleted.key().id());
        rejected(ofRevoked, Reason.SESSION_WITHOUT_KEY);
        rejected(ofDeleted, Reason.SESSION_WITHOUT_KEY);
        accepted(ofBystander);
    }

    @Test
    void a_session_expires_with_its_key_also_when_that_is_rotated_away() {
        var key = house.key();
        OpenedSession opened = house.login(key);
        house.keys.ofAccount("account-1", Actor.APPLICATION).rotate(key.key().id(), Duration.ofMinutes(1), null);
        house.pass(Duration.ofMinutes(1).minusMillis(2)); // identifiers and overlaps are in whole milliseconds
        accepted(SentRequest.of(opened));
        house.pass(Duration.ofMillis(2));
        rejected(SentRequest.of(opened), Reason.SESSION_EXPIRED);
    }

    @Test
    void a_session_of_a_key_is_nothing_where_no_key_opens_sessions() {
        SentRequest request = SentRequest.of(house.login(house.key()));
        SessionAuthentication method = SessionAuthentication.builder()
                .store(house.store)
                .keys(KeyJudge.ofNoKeys())
                .clock(() -> house.now)
                .build();
        assertThat(method.authenticate(request))
                .isEqualTo(Outcome.rejected(Reason.SESSION_WITHOUT_KEY, CredentialKind.SESSION));
        assertThat(method.authenticate(SentRequest.of(house.open("user_1")))).isInstanceOf(Outcome.Authenticated.class);
    }

    /** A record that does not fit the cookie, or the key, is nobody's. */
    @Test
    void what_the_stores_give_is_not_taken_on_trust() {
        var key = house.key();
        OpenedSession opened = house.login(key);
        Session stored = opened.session();
        house.store.end("account-1", stored.id());
        OpenedSession other = house.open("mallory");
        house.store.memory.add(
                new Session(
                        UUID.randomUUID(),
                        stored.hash(),
                        "mallory",
                        LoginType.API_KEY,
                        CredentialKind.API_KEY,
                        Set.of(),
                        stored.key(),
                        stored.createdAt(),
                        stored.expiresAt()),
                9);
        rejected(SentRequest.of(opened.cookieValue(), "mallory"), Reason.SESSION_WITHOUT_KEY);
        accepted(SentRequest.of(other));
    }

    @Test
    void a_session_that_is_not_of_the_cookie_is_nobodys() {
        OpenedSession opened = house.open("user_1");
        SentRequest unknown = SentRequest.of(SecretText.of(UNKNOWN), "user_1");
        house.store.always = opened.session();
        accepted(SentRequest.of(opened));
        rejected(unknown, Reason.INVALID_SESSION);
    }

    @Test
    void attributes_answer_like_any_map() {
        Caller caller = accepted(SentRequest.of(house.login(house.key())));
        caller.attributes().forEach((name, value) -> {
            assertThat(caller.attributes().containsKey(name)).isTrue();
            assertThat(caller.attributes().get(name)).isEqualTo(value);
        });
        assertThat(caller.attributes().containsKey("Session_id")).isFalse();
        assertThat(caller.attributes().get(new Object())).isNull();
    }

    @Test
    void a_key_that_was_hashed_anew_is_let_in_though_that_cannot_be_noted() {
        var key = house.key();
        OpenedSession opened = house.login(key);
        house.store.memory.rehashKey(key.key().id(), SHA256.of(SecretText.of("an older hash")));
        house.store.notesFail = true;
        accepted(SentRequest.of(opened));
        assertThat(house.store.rehashed).isEqualTo(1);
    }

    @Test
    void a_key_that_was_hashed_anew_is_noted_once() {
        var key = house.key();
        OpenedSession opened = house.login(key);
        house.store.memory.rehashKey(key.key().id(), SHA256.of(SecretText.of("an older hash")));
        accepted(SentRequest.of(opened));
        accepted(SentRequest.of(opened));
        assertThat(house.store.rehashed).isEqualTo(1);
    }

    // "Could not check" is 503

    @Test
    void a_store_that_cannot_be_asked_is_neither_yes_nor_no() {
        OpenedSession opened = house.open("user_1");
        for (Exception fault : new Exception[] {new IllegalStateException("pool"), new IOException("reset")}) {
            house.store.fault = fault;
            assertThatThrownBy(() -> house.method.authenticate(SentRequest.of(opened)))
                    .isInstanceOfSatisfying(
                            AuthUnavailableException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.SESSION_STORE_UNAVAILABLE));
            notApplicable(SentRequest.empty());
            rejected(SentRequest.empty().account("user_1"), Reason.INCOMPLETE_SESSION);
        }
    }

    @Test
    void names_can_be_others() {
        SessionAuthentication method = SessionAuthentication.builder()
                .store(house.store)
                .keys(house.keyMethod)
                .clock(() -> house.now)
                .transport(SessionTransport.usual().cookie("__Host-sid").accountHeader("X-Account"))
                .build();
        OpenedSession opened = house.open("user_1");
        String value = opened.cookieValue().reveal();
        assertThat(method.authenticate(SentRequest.of(opened))).isEqualTo(Outcome.notApplicable());
        assertThat(method.authenticate(
                        SentRequest.empty().cookie("__Host-sid=" + value).field("x-account", "user_1")))
                .isInstanceOf(Outcome.Authenticated.class);
    }

    @Test
    void what_is_missing_stops_the_start() {
        assertThatThrownBy(() -> SessionAuthentication.builder()
                        .keys(KeyJudge.ofNoKeys())
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("store(");
        assertThatThrownBy(
                        () -> SessionAuthentication.builder().store(house.store).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keys(");
    }
}
