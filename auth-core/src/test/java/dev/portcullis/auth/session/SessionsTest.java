package dev.portcullis.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Admission;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.KeyJudge;
import dev.portcullis.auth.KeyVerdict;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.AccountKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.apikey.KeyRefusal;
import dev.portcullis.auth.apikey.KeyRefusedException;
import dev.portcullis.auth.apikey.KeyRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 6: how sessions are opened, how long they last, and how they end. */
class SessionsTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final SessionFixture house = new SessionFixture();

    @AfterEach
    void close() {
        house.close();
    }

    private void fails(String apiKey, LoginFailure failure) {
        assertThat(house.tryLogin(apiKey)).extracting(SessionsTest::failureOf).isEqualTo(failure);
        assertThat(house.store.list("account-1", house.now)).isEmpty();
    }

    private static LoginFailure failureOf(LoginOutcome outcome) {
        return ((LoginOutcome.Failed) outcome).failure();
    }

    private Caller callerOf(OpenedSession opened) {
        return ((Outcome.Authenticated) house.method.authenticate(SentRequest.of(opened))).caller();
    }

    // Login

    @Test
    void a_good_key_opens_a_session_for_a_day() {
        IssuedAPIKey key = house.key();
        Session session = house.login(key).session();
        assertThat(session.account()).isEqualTo("account-1");
        assertThat(session.loginType()).isEqualTo(LoginType.API_KEY);
        assertThat(session.openedBy()).isEqualTo(CredentialKind.API_KEY);
        assertThat(session.key())
                .isEqualTo(new OpeningKey(key.key().id(), key.key().hash()));
        assertThat(session.createdAt()).isEqualTo(SessionFixture.START);
        assertThat(session.expiresAt()).isEqualTo(SessionFixture.START.plus(DAY));
    }

    /** "`api_key not found` (also for a key of another environment)" */
    @Test
    void a_key_that_is_none_here_is_not_found() {
        IssuedAPIKey deleted = house.key();
        house.keys.delete(deleted.key().id());
        fails(deleted.plaintext(), LoginFailure.API_KEY_NOT_FOUND);
        for (String text : List.of("", "x", "grd_live_", "grd_live_" + "0".repeat(48), "\u00fc".repeat(57))) {
            fails(text, LoginFailure.API_KEY_NOT_FOUND);
        }
        IssuedAPIKey test = house.keys.issue("account-1", "CI", Environment.TEST, Set.of(), null);
        try (APIKeyAuthentication live = APIKeyAuthentication.builder()
                .store(house.keyStore)
                .environments(Environment.LIVE)
                .build()) {
            Sessions sessions = house.settings().keys(live).build();
            assertThat(sessions.login(SecretText.of(test.plaintext()), SentRequest.empty()))
                    .extracting(SessionsTest::failureOf)
                    .isEqualTo(LoginFailure.API_KEY_NOT_FOUND);
        }
    }

    @Test
    void revocation_is_told_before_expiry() {
        IssuedAPIKey key = house.key(house.now.plus(DAY));
        house.pass(DAY.minusMillis(1));
        house.login(key);
        house.pass(Duration.ofMillis(1));
        house.sessions.endAllOfAccount("account-1");
        fails(key.plaintext(), LoginFailure.API_KEY_EXPIRED);
        house.keys.revoke(key.key().id());
        fails(key.plaintext(), LoginFailure.API_KEY_REVOKED);
    }

    /** "the key is judged before the place" */
    @ParameterizedTest
    @CsvSource({
        "LOCATION_NOT_ALLOWED, LOCATION_NOT_ALLOWED",
        "ADDRESS_NOT_ALLOWED, ADDRESS_NOT_ALLOWED",
        "ACCOUNT_SUSPENDED, ACCOUNT_SUSPENDED",
        "ACCOUNT_VERIFICATION_EXPIRED, ACCOUNT_VERIFICATION_EXPIRED"
    })
    void who_is_not_let_in_cannot_log_in(Reason objection, LoginFailure failure) {
        List<String> asked = new ArrayList<>();
        Admission admission = (caller, request) -> {
            asked.add(caller == null ? "nobody" : caller.kind() + " " + caller.subject());
            return objection;
        };
        Sessions sessions = house.settings().admission(admission).build();
        IssuedAPIKey key = house.key();
        assertThat(sessions.login(SecretText.of(key.plaintext()), SentRequest.empty()))
                .extracting(SessionsTest::failureOf)
                .isEqualTo(failure);
        assertThat(asked).containsExactly("API_KEY account-1");
        house.keys.revoke(key.key().id());
        assertThat(sessions.login(SecretText.of(key.plaintext()), SentRequest.empty()))
                .extracting(SessionsTest::failureOf)
                .isEqualTo(LoginFailure.API_KEY_REVOKED);
        assertThat(asked).hasSize(1);
    }

    /** As no key of ours is: a judge of the application's own may have such keys. */
    @Test
    void a_key_of_no_account_opens_no_session() {
        KeyJudge ownerless = new KeyJudge() {
            @Override
            public KeyVerdict judge(SecretText key) {
                Caller nobody = SessionFixture.caller(CredentialKind.API_KEY, null);
                return new KeyVerdict.Good(UUID.randomUUID(), SHA256.of(key), nobody, null);
            }

            @Override
            public KeyVerdict judge(UUID id, SHA256 hash) {
                return new KeyVerdict.Bad(Reason.UNKNOWN_API_KEY);
            }
        };
        Sessions sessions = house.settings().keys(ownerless).build();
        assertThat(sessions.login(SecretText.of("x"), SentRequest.empty()))
                .extracting(SessionsTest::failureOf)
                .isEqualTo(LoginFailure.API_KEY_NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MALFORMED_REQUEST            | 400 | Request could not be processed due to malformed syntax
            API_KEY_NOT_FOUND            | 401 | api_key not found
            API_KEY_EXPIRED              | 401 | api_key has expired
            API_KEY_REVOKED              | 401 | api_key has been revoked
            ADDRESS_NOT_ALLOWED          | 401 | IP is not whitelisted
            LOCATION_NOT_ALLOWED         | 403 | Access from this location is not allowed.
            ACCOUNT_SUSPENDED            | 403 | Account is suspended.
            ACCOUNT_VERIFICATION_EXPIRED | 403 | Account verification has expired.
            TOO_MANY_ATTEMPTS            | 429 | You have surpassed the allocated rate limit for your tier
            """)
    void failures_have_the_contracts_words(LoginFailure failure, int status, String message) {
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.message()).isEqualTo(message);
    }

    // "A session never outlives its key"

    @ParameterizedTest
    @ValueSource(longs = {1, 1000, 86_399_999, 86_400_000, 86_400_001})
    void a_session_ends_with_its_key_if_that_is_sooner(long millis) {
        Instant keyEnd = house.now.plusMillis(millis);
        Instant end = house.login(house.key(keyEnd)).session().expiresAt();
        assertThat(end).isEqualTo(keyEnd.isBefore(house.now.plus(DAY)) ? keyEnd : house.now.plus(DAY));
    }

    @Test
    void a_session_ends_when_its_key_reaches_the_greatest_age() {
        IssuedAPIKey key = house.key();
        Duration age = Duration.ofHours(30);
        try (APIKeyAuthentication aging = APIKeyAuthentication.builder()
                .store(house.keyStore)
                .maximumKeyAge(age)
                .clock(() -> house.now)
                .build()) {
            Sessions sessions = house.settings().keys(aging).build();
            house.pass(Duration.ofHours(20));
            LoginOutcome outcome = sessions.login(SecretText.of(key.plaintext()), SentRequest.empty());
            assertThat(((LoginOutcome.Opened) outcome).opened().session().expiresAt())
                    .isEqualTo(SessionFixture.START.plus(age).plusMillis(1));
            house.now = SessionFixture.START.plus(age);
            assertThat(sessions.login(SecretText.of(key.plaintext()), SentRequest.empty()))
                    .isInstanceOf(LoginOutcome.Opened.class);
            house.pass(Duration.ofMillis(1));
            assertThat(sessions.login(SecretText.of(key.plaintext()), SentRequest.empty()))
                    .extracting(SessionsTest::failureOf)
                    .isEqualTo(LoginFailure.API_KEY_EXPIRED);
        }
    }

    // "Lifetime by login type: API key 1 day, web 7 days, mobile 90 days; configurable."

    @ParameterizedTest
    @CsvSource({"WEB, 7", "MOBILE, 90"})
    void a_signed_in_user_opens_sessions_with_the_permissions_of_now(LoginType type, int days) {
        Caller user = SessionFixture.user("user_1", "a", "b");
        Session session = house.sessions.open(user, type).session();
        assertThat(session.expiresAt()).isEqualTo(house.now.plus(Duration.ofDays(days)));
        assertThat(session.loginType()).isEqualTo(type);
        assertThat(session.openedBy()).isEqualTo(CredentialKind.JWT);
        assertThat(session.permissions()).containsExactlyInAnyOrder("a", "b");
        assertThat(session.key()).isNull();
    }

    @Test
    void lifetimes_can_be_others() {
        Sessions sessions = house.settings()
                .lifetime(LoginType.API_KEY, Duration.ofHours(1))
                .lifetime(LoginType.MOBILE, Duration.ofDays(400))
                .build();
        IssuedAPIKey key = house.key();
        LoginOutcome outcome = sessions.login(SecretText.of(key.plaintext()), SentRequest.empty());
        assertThat(((LoginOutcome.Opened) outcome).opened().session().expiresAt())
                .isEqualTo(house.now.plus(Duration.ofHours(1)));
        Caller user = SessionFixture.user("user_1");
        assertThat(sessions.open(user, LoginType.MOBILE).session().expiresAt())
                .isEqualTo(house.now.plus(Duration.ofDays(400)));
        assertThat(sessions.open(user, LoginType.WEB).session().expiresAt())
                .isEqualTo(house.now.plus(Duration.ofDays(7)));
    }

    @ParameterizedTest
    @EnumSource(
            value = CredentialKind.class,
            names = {"API_KEY", "SESSION", "SIGNATURE"})
    void what_is_no_user_opens_no_session(CredentialKind kind) {
        Caller caller = SessionFixture.caller(kind, "account-1", "a");
        assertThat(Sessions.canOpen(caller)).isFalse();
        assertThatThrownBy(() -> house.sessions.open(caller, LoginType.WEB))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** What no store can keep, or no header hold, is refused before it gets there. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\u0000", "a\nb", "\ud800", "\u0085"})
    void a_subject_that_names_no_account_opens_no_session(String subject) {
        assertThat(Sessions.canOpen(SessionFixture.user(subject))).isFalse();
        String longest = "x".repeat(255);
        assertThat(Sessions.canOpen(SessionFixture.user(longest))).isTrue();
        assertThat(Sessions.canOpen(SessionFixture.user(longest + "x"))).isFalse();
        assertThat(house.sessions
                        .open(SessionFixture.user(longest), LoginType.WEB)
                        .session()
                        .account())
                .isEqualTo(longest);
    }

    @Test
    void nobody_opens_a_session_for_no_account_or_with_a_key_he_does_not_show() {
        Caller nobody = SessionFixture.caller(CredentialKind.JWT, null);
        assertThatThrownBy(() -> house.sessions.open(nobody, LoginType.WEB))
                .isInstanceOf(IllegalArgumentException.class);
        Caller user = SessionFixture.user("user_1");
        assertThatThrownBy(() -> house.sessions.open(user, LoginType.API_KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("login(");
        assertThat(Sessions.canOpen(SessionFixture.caller(CredentialKind.CUSTOM, "user_1")))
                .isTrue();
    }

    // "The cookie's value is 256 random bits; only its SHA-256 is stored." And session fixation is impossible.

    @Test
    void only_the_hash_of_the_value_is_stored() throws Exception {
        OpenedSession opened = house.login(house.key());
        String value = opened.cookieValue().reveal();
        assertThat(value).matches("[A-Za-z0-9_-]{43}");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
        assertThat(opened.session().hash()).isEqualTo(SHA256.ofHashed(hash));
    }

    @Test
    void every_bit_of_the_value_is_random_and_none_comes_from_the_client() {
        IssuedAPIKey key = house.key();
        Sessions sessions = house.settings().maximumSessions(500).build();
        Set<String> values = new HashSet<>();
        byte[] ones = new byte[32];
        byte[] zeros = new byte[32];
        for (int i = 0; i < 200; i++) {
            SentRequest request =
                    SentRequest.empty().cookie("gravity=" + "A".repeat(43)).account("account-1");
            OpenedSession opened =
                    ((LoginOutcome.Opened) sessions.login(SecretText.of(key.plaintext()), request)).opened();
            values.add(opened.cookieValue().reveal());
            byte[] bytes =
                    java.util.Base64.getUrlDecoder().decode(opened.cookieValue().reveal());
            for (int b = 0; b < 32; b++) {
                ones[b] |= bytes[b];
                zeros[b] |= (byte) ~bytes[b];
            }
        }
        assertThat(values).hasSize(200).doesNotContain("A".repeat(43));
        assertThat(ones).containsOnly(0xff);
        assertThat(zeros).containsOnly(0xff);
    }

    /** An old session of the same client is not the new one: each login has a value, an identifier and an end of its own. */
    @Test
    void a_second_login_opens_a_second_session() {
        IssuedAPIKey key = house.key();
        OpenedSession first = house.login(key);
        house.pass(Duration.ofHours(1));
        OpenedSession second = house.login(key);
        assertThat(second.session().id()).isNotEqualTo(first.session().id());
        assertThat(second.cookieValue()).isNotEqualTo(first.cookieValue());
        callerOf(first);
        callerOf(second);
    }

    // Listing and ending one's own

    @Test
    void ones_own_sessions_are_listed_latest_first() {
        OpenedSession first = house.open("user_1");
        house.pass(Duration.ofDays(6));
        OpenedSession second = house.open("user_1");
        house.open("user_2");
        Caller user = SessionFixture.user("user_1");
        assertThat(house.sessions.list(user)).containsExactly(second.session(), first.session());
        house.pass(DAY);
        assertThat(house.sessions.list(user)).containsExactly(second.session());
        assertThat(house.sessions.list(SessionFixture.caller(CredentialKind.JWT, null)))
                .isEmpty();
    }

    /** Of whatever kind it is: only a user who signed in has all of the account's. */
    @ParameterizedTest
    @EnumSource(names = {"API_KEY", "SIGNATURE"})
    void a_key_neither_sees_nor_ends_what_it_has_not_opened(CredentialKind kind) {
        Session opened = house.open("user_1").session();
        Caller key = SessionFixture.caller(kind, "user_1");
        assertThat(house.sessions.list(key)).isEmpty();
        assertThat(house.sessions.end(key, opened.id())).isFalse();
        assertThat(house.sessions.list(SessionFixture.user("user_1"))).containsExactly(opened);
    }

    /** Whether it comes as it is, or by a session that it opened. */
    @Test
    void a_key_sees_and_ends_the_sessions_that_it_has_opened() {
        IssuedAPIKey key = house.key();
        OpenedSession first = house.login(key);
        house.pass(Duration.ofSeconds(1));
        OpenedSession second = house.login(key);
        Session ofOther = house.login(house.key()).session();
        Session ofUser = house.open("account-1").session();
        Caller byKey = ((Outcome.Authenticated)
                        house.keyMethod.authenticate(SentRequest.empty().bearer(key.plaintext())))
                .caller();
        for (Caller caller : List.of(byKey, callerOf(first))) {
            assertThat(house.sessions.list(caller)).containsExactly(second.session(), first.session());
            assertThat(house.sessions.end(caller, ofOther.id())).isFalse();
            assertThat(house.sessions.end(caller, ofUser.id())).isFalse();
        }
        assertThat(house.sessions.end(byKey, second.session().id())).isTrue();
        assertThat(house.sessions.end(callerOf(first), first.session().id())).isTrue();
        assertThat(house.sessions.list(SessionFixture.user("account-1"))).containsExactlyInAnyOrder(ofOther, ofUser);
    }

    @Test
    void another_accounts_session_and_a_missing_one_look_the_same() {
        OpenedSession theirs = house.open("user_2");
        Caller user = SessionFixture.user("user_1");
        assertThat(house.sessions.end(user, theirs.session().id())).isFalse();
        assertThat(house.sessions.end(user, UUID.randomUUID())).isFalse();
        assertThat(house.sessions.end(
                        SessionFixture.caller(CredentialKind.JWT, null),
                        theirs.session().id()))
                .isFalse();
        callerOf(theirs);
        Caller other = SessionFixture.user("user_2");
        assertThat(house.sessions.end(other, theirs.session().id())).isTrue();
        assertThat(house.sessions.end(other, theirs.session().id())).isFalse();
    }

    @Test
    void logging_out_is_for_those_who_came_with_a_session() {
        OpenedSession opened = house.open("user_1");
        assertThat(house.sessions.end(SessionFixture.user("user_1"))).isFalse();
        String id = opened.session().id().toString();
        Caller byToken = Caller.of(CredentialKind.JWT, "user_1", List.of(), Map.of("session_id", id));
        assertThat(house.sessions.end(byToken)).as("a claim is no session").isFalse();
        Caller caller = callerOf(opened);
        assertThat(house.sessions.end(caller)).isTrue();
        assertThat(house.sessions.end(caller)).isFalse();
    }

    @Test
    void all_sessions_of_a_key_or_of_an_account_can_be_ended() {
        IssuedAPIKey key = house.key();
        house.login(key);
        house.login(key);
        house.login(house.key());
        house.open("user_1");
        assertThat(house.sessions.endAllOfKey(key.key().id())).isEqualTo(2);
        assertThat(house.sessions.endAllOfKey(key.key().id())).isZero();
        assertThat(house.sessions.endAllOfAccount("account-1")).isEqualTo(1);
        assertThat(house.sessions.endAllOfAccount("user_1")).isEqualTo(1);
    }

    @Test
    void an_account_has_no_more_sessions_than_it_may_have() {
        Sessions sessions = house.settings().maximumSessions(2).build();
        Caller user = SessionFixture.user("user_1");
        List<Session> opened = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            opened.add(sessions.open(user, LoginType.WEB).session());
            house.pass(Duration.ofSeconds(1));
        }
        assertThat(sessions.list(user)).containsExactly(opened.get(2), opened.get(1));
    }

    /** Or whoever has found a key could log its owner out, again and again. */
    @Test
    void a_key_that_logs_in_often_ends_its_own_sessions_first() {
        Sessions sessions = house.settings().maximumSessions(3).build();
        Caller owner = SessionFixture.user("account-1");
        Session web = sessions.open(owner, LoginType.WEB).session();
        IssuedAPIKey key = house.key();
        List<Session> opened = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            house.pass(Duration.ofSeconds(1));
            LoginOutcome outcome = sessions.login(SecretText.of(key.plaintext()), SentRequest.empty());
            opened.add(((LoginOutcome.Opened) outcome).opened().session());
        }
        assertThat(sessions.list(owner)).containsExactly(opened.get(4), opened.get(3), web);
    }

    @Test
    void a_key_without_sessions_of_its_own_logs_in_where_there_is_no_room_left() {
        Sessions sessions = house.settings().maximumSessions(1).build();
        Caller owner = SessionFixture.user("account-1");
        sessions.open(owner, LoginType.WEB);
        house.pass(Duration.ofSeconds(1));
        LoginOutcome outcome = sessions.login(SecretText.of(house.key().plaintext()), SentRequest.empty());
        assertThat(sessions.list(owner))
                .containsExactly(((LoginOutcome.Opened) outcome).opened().session());
    }

    // Contract section 5: "by JWT or by a session opened with one; … a session that an API key opened cannot"

    @Test
    void a_session_manages_keys_only_if_a_user_opened_it() {
        APIKeys keys = house.keys;
        AccountKeys own = keys.of(callerOf(house.open("user_1")), "192.0.2.1");
        assertThat(own.issue(KeyRequest.named("CI").scopes(List.of("account:read")))
                        .key()
                        .owner())
                .isEqualTo("user_1");
        Caller ofKey = callerOf(house.login(house.key()));
        Caller ofCustom =
                callerOf(house.sessions.open(SessionFixture.caller(CredentialKind.CUSTOM, "user_1"), LoginType.WEB));
        for (Caller other : List.of(ofKey, ofCustom, SessionFixture.caller(CredentialKind.SESSION, "user_1"))) {
            assertThatThrownBy(() -> keys.of(other, "192.0.2.1"))
                    .isInstanceOfSatisfying(
                            KeyRefusedException.class,
                            e -> assertThat(e.refusal()).isEqualTo(KeyRefusal.USER_REQUIRED));
        }
    }

    // Outages and settings

    @Test
    void a_store_that_cannot_be_asked_opens_and_ends_nothing() {
        OpenedSession opened = house.open("user_1");
        Caller caller = callerOf(opened);
        IssuedAPIKey key = house.key();
        house.store.fault = new IllegalStateException("pool");
        List<Runnable> calls = List.of(
                () -> house.login(key),
                () -> house.open("user_1"),
                () -> house.sessions.end(caller),
                () -> house.sessions.list(caller),
                () -> house.sessions.endAllOfKey(UUID.randomUUID()),
                () -> house.sessions.endAllOfAccount("user_1"));
        for (Runnable call : calls) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            AuthUnavailableException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.SESSION_STORE_UNAVAILABLE));
        }
    }

    @Test
    void settings_that_are_missing_or_out_of_range_stop_the_start() {
        refused(Sessions.builder().keys(KeyJudge.ofNoKeys()), "store(");
        refused(Sessions.builder().store(house.store), "keys(");
        Duration second = Duration.ofSeconds(1);
        Session shortest = house.settings()
                .lifetime(LoginType.WEB, second)
                .build()
                .open(SessionFixture.user("user_1"), LoginType.WEB)
                .session();
        assertThat(shortest.expiresAt()).isEqualTo(house.now.plus(second));
        refused(house.settings().maximumSessions(0), "maximumSessions");
        refused(house.settings().lifetime(LoginType.WEB, Duration.ofMillis(999)), "WEB");
        refused(house.settings().lifetime(LoginType.MOBILE, Duration.ofDays(400).plusNanos(1)), "MOBILE");
    }

    private static void refused(Sessions.Builder settings, String named) {
        assertThatThrownBy(settings::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }
}
