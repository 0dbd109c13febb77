package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.KeyVerdict;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Contract section 9: "A key without an IP allow-list can be made to lapse", and clients are warned ahead. */
class LapseTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration DAYS_90 = Duration.ofDays(90);
    private static final Duration DAYS_60 = Duration.ofDays(60);
    private static final Duration TICK = Duration.ofMillis(1);

    private Instant now = START;
    private final WatchedStore store = new WatchedStore();
    private final APIKeys keys = APIKeys.builder().store(store).clock(() -> now).build();
    private APIKeyAuthentication method = settings().build();

    @AfterEach
    void close() {
        method.close();
    }

    private APIKeyAuthentication.Builder settings() {
        return APIKeyAuthentication.builder().store(store).clock(() -> now);
    }

    private void use(APIKeyAuthentication.Builder other) {
        method.close();
        method = other.build();
    }

    private IssuedAPIKey issued() {
        return keys.issue("account-1", "CI", Environment.LIVE, Set.of("a"), null);
    }

    private IssuedAPIKey tied() {
        return keys.ofAccount("account-1", Actor.APPLICATION)
                .issue(KeyRequest.named("CI").allowList(List.of("192.0.2.1")));
    }

    private Caller accepted(IssuedAPIKey key) {
        Outcome outcome = method.authenticate(HeadersOnly.bearer(key.plaintext()));
        assertThat(outcome).isInstanceOf(Outcome.Authenticated.class);
        method.flush();
        return ((Outcome.Authenticated) outcome).caller();
    }

    private void expired(IssuedAPIKey key) {
        assertThat(method.authenticate(HeadersOnly.bearer(key.plaintext())))
                .isEqualTo(Outcome.rejected(Reason.API_KEY_EXPIRED, CredentialKind.API_KEY));
    }

    private void at(Duration sinceStart) {
        now = START.plus(sinceStart);
    }

    @Test
    void a_key_without_an_allow_list_lapses_some_time_after_it_was_issued() {
        use(settings().lapseAfterIssue(DAYS_90));
        IssuedAPIKey everywhere = issued();
        IssuedAPIKey tied = tied();
        at(DAYS_90);
        accepted(everywhere);
        at(DAYS_90.plus(TICK));
        expired(everywhere);
        accepted(tied);
    }

    @Test
    void a_key_without_an_allow_list_lapses_some_time_after_it_was_last_used() {
        use(settings().lapseAfterLastUse(DAYS_60));
        IssuedAPIKey used = issued();
        IssuedAPIKey never = issued();
        IssuedAPIKey tied = tied();
        at(Duration.ofDays(59));
        accepted(used);
        at(DAYS_60);
        accepted(never);
        at(DAYS_60.plus(TICK));
        accepted(used);
        at(DAYS_60.multipliedBy(2).plus(TICK));
        accepted(used);
        expired(never);
        accepted(tied);
        now = now.plus(DAYS_60).plus(TICK);
        expired(used);
        expired(used); // being refused is no use
    }

    /** "Giving it an allow-list lifts the rule." */
    @Test
    void an_allow_list_lifts_the_rule_and_taking_it_away_brings_it_back() {
        use(settings().lapseAfterIssue(DAYS_90).lapseAfterLastUse(DAYS_60));
        IssuedAPIKey key = issued();
        at(DAYS_90.plus(TICK));
        expired(key);
        AccountKeys account = keys.ofAccount("account-1", Actor.APPLICATION);
        account.change(key.key().id(), KeyChange.nothing().allowList(List.of("192.0.2.1")));
        accepted(key);
        account.change(key.key().id(), KeyChange.nothing().allowList(List.of()));
        expired(key);
    }

    @Test
    void revocation_is_told_first_and_the_keys_own_expiry_counts_too() {
        use(settings().lapseAfterIssue(DAYS_90));
        IssuedAPIKey key = keys.issue("account-1", "CI", Environment.LIVE, Set.of(), START.plusSeconds(5));
        at(Duration.ofSeconds(5));
        expired(key);
        keys.revoke(key.key().id());
        assertThat(method.authenticate(HeadersOnly.bearer(key.plaintext())))
                .isEqualTo(Outcome.rejected(Reason.API_KEY_REVOKED, CredentialKind.API_KEY));
    }

    // What is told of it: expires_at, expires_reason

    private void ends(IssuedAPIKey key, @Nullable Instant at, @Nullable String reason) {
        Map<String, Object> attributes = accepted(key).attributes();
        assertThat(attributes.get("expires_at")).isEqualTo(at);
        assertThat(attributes.get("expires_reason")).isEqualTo(reason);
        assertThat(attributes.containsKey("expires_at")).isEqualTo(at != null);
        assertThat(attributes).hasSize(at == null ? 5 : 7);
        assertThat(method.judge(SecretText.of(key.plaintext())))
                .isInstanceOfSatisfying(
                        KeyVerdict.Good.class,
                        good -> assertThat(good.expiresAt()).isEqualTo(at));
    }

    @Test
    void the_first_end_is_told_with_its_cause() {
        IssuedAPIKey endless = issued();
        IssuedAPIKey tied = tied();
        IssuedAPIKey short50 = keys.issue("a", "CI", Environment.LIVE, Set.of(), START.plus(Duration.ofDays(50)));
        ends(endless, null, null);
        use(settings().maximumKeyAge(Duration.ofDays(100)));
        ends(endless, START.plus(Duration.ofDays(100)).plus(TICK), "maximum_key_age");
        use(settings().maximumKeyAge(Duration.ofDays(100)).lapseAfterIssue(DAYS_90));
        ends(endless, START.plus(DAYS_90).plus(TICK), "age_without_ip_allowlist");
        ends(tied, START.plus(Duration.ofDays(100)).plus(TICK), "maximum_key_age");
        ends(short50, START.plus(Duration.ofDays(50)), "expires_at");
        use(settings().lapseAfterIssue(DAYS_90).lapseAfterLastUse(DAYS_60));
        at(Duration.ofDays(10));
        ends(endless, START.plus(Duration.ofDays(70)).plus(TICK), "idle_without_ip_allowlist");
        at(Duration.ofDays(40));
        ends(endless, START.plus(DAYS_90).plus(TICK), "age_without_ip_allowlist");
        ends(tied, null, null);
    }

    // "X-Api-Key-Expires-At on responses warns ahead, from a configurable number of days before."

    @Test
    void clients_are_warned_ahead_to_the_millisecond() {
        ExpiryWarning warning = ExpiryWarning.ahead(Duration.ofDays(14)).clock(() -> now);
        IssuedAPIKey key = keys.issue(
                "a", "CI", Environment.LIVE, Set.of(), START.plus(DAYS_60).plusMillis(999));
        at(Duration.ofDays(46).plusMillis(998));
        assertThat(warning.headerFor(accepted(key))).isNull();
        at(Duration.ofDays(46).plusMillis(999));
        assertThat(warning.headerFor(accepted(key))).isEqualTo("2027-01-21T10:00:00Z");
        assertThat(ExpiryWarning.HEADER).isEqualTo("X-Api-Key-Expires-At");
    }

    @Test
    void there_is_nothing_to_warn_of_without_an_end() {
        ExpiryWarning warning = ExpiryWarning.ahead(Duration.ofDays(36_500)).clock(() -> now);
        assertThat(warning.headerFor(null)).isNull();
        assertThat(warning.headerFor(accepted(issued()))).isNull();
        Caller token = Caller.of(CredentialKind.JWT, "a", List.of(), Map.of("expires_at", "2026-11-23T10:00:00Z"));
        assertThat(warning.headerFor(token)).isNull();
        use(settings().lapseAfterLastUse(DAYS_60));
        assertThat(ExpiryWarning.ahead(Duration.ofDays(59)).clock(() -> now).headerFor(accepted(issued())))
                .as("a key in use is not idle")
                .isNull();
    }

    @Test
    void settings_out_of_range_stop_the_start() {
        assertThatThrownBy(() -> settings().lapseAfterIssue(Duration.ZERO).build())
                .hasMessageStartingWith("lapseAfterIssue must be");
        assertThatThrownBy(() -> settings()
                        .lapseAfterLastUse(Duration.ofHours(1).minusMillis(1))
                        .build())
                .hasMessageStartingWith("lapseAfterLastUse must be");
        assertThatThrownBy(() -> ExpiryWarning.ahead(Duration.ZERO)).hasMessageStartingWith("ahead must be");
        assertThatThrownBy(() -> ExpiryWarning.ahead(Duration.ofDays(36_501))).hasMessageStartingWith("ahead must be");
        use(settings().lapseAfterIssue(Duration.ofMillis(1)).lapseAfterLastUse(Duration.ofHours(1)));
        use(settings()
                .lapseAfterIssue(Duration.ofSeconds(Long.MAX_VALUE))
                .lapseAfterLastUse(Duration.ofDays(99_999_999)));
        IssuedAPIKey key = issued();
        at(Duration.ofDays(300_000));
        accepted(key);
    }
}
