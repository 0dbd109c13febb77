package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Contract section 5: {@code Idempotency-Key} on issuing. */
class IssueOnceTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private Instant now = START;
    private final WatchedStore store = new WatchedStore();
    private final APIKeys keys = APIKeys.builder().store(store).clock(() -> now).build();
    private final AccountKeys alice = of("alice");

    private AccountKeys of(String subject) {
        return keys.of(Caller.of(CredentialKind.JWT, subject, List.of("a", "b", "c"), Map.of()), "192.0.2.1");
    }

    private static KeyRequest request() {
        return KeyRequest.named("CI").scopes(List.of("a", "b")).expiresAt(START.plus(Duration.ofDays(9)));
    }

    private static void refused(KeyRefusal refusal, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KeyRefusedException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
    }

    private APIKey issued(String idempotencyKey, KeyRequest request) {
        IssueOutcome outcome = alice.issueOnce(request, idempotencyKey);
        assertThat(outcome).isInstanceOf(IssueOutcome.Issued.class);
        return outcome.key();
    }

    private void repeated(APIKey first, String idempotencyKey, KeyRequest request) {
        assertThat(alice.issueOnce(request, idempotencyKey)).isEqualTo(new IssueOutcome.Repeated(first));
    }

    @Test
    void the_same_request_issues_one_key_and_shows_it_once() {
        APIKey key = issued("1", request());
        repeated(key, "1", request());
        assertThat(alice.list(null, 10)).containsExactly(key);
        issued("2", request());
        assertThat(of("bob").issueOnce(request(), "1")).isInstanceOf(IssueOutcome.Issued.class);
    }

    /** The same request within a day is the same request, also if what it asked for is over by now. */
    @Test
    void a_request_is_repeated_after_its_key_has_expired() {
        KeyRequest brief = request().expiresAt(START.plusSeconds(60));
        APIKey key = issued("1", brief);
        now = START.plusSeconds(60);
        repeated(key, "1", brief);
        refused(KeyRefusal.IDEMPOTENCY_KEY_REUSED, () -> alice.issueOnce(brief.expiresAt(START), "1"));
        refused(KeyRefusal.INVALID_INPUT, () -> alice.issueOnce(brief, "2"));
        refused(KeyRefusal.INVALID_INPUT, () -> of("bob").issueOnce(brief, "1"));
        assertThat(alice.list(null, 10)).containsExactly(key);
        assertThat(of("bob").list(null, 10)).isEmpty();
    }

    @Test
    void the_key_is_answered_as_it_stands() {
        APIKey key = issued("1", request());
        APIKey revoked = alice.revoke(key.id());
        repeated(revoked, "1", request());
        alice.delete(key.id());
        refused(KeyRefusal.NOT_FOUND, () -> alice.issueOnce(request(), "1"));
        assertThat(alice.list(null, 10))
                .as("a late repetition brings none back")
                .isEmpty();
    }

    /** It is the same request however it was written down. */
    @Test
    void the_order_of_scopes_makes_no_difference() {
        APIKey key = issued("1", request());
        repeated(key, "1", request().scopes(List.of("b", "a", "b")));
        repeated(key, "1", request().expiresAt(START.plus(Duration.ofDays(9)).plusNanos(1)));
    }

    @Test
    void any_other_request_is_refused() {
        issued("1", request());
        for (KeyRequest other : List.of(
                KeyRequest.named("CJ").scopes(List.of("a", "b")).expiresAt(START.plus(Duration.ofDays(9))),
                request().environment(Environment.TEST),
                request().scopes(List.of("a")),
                request().scopes(List.of("a", "b", "c")),
                request().expiresAt(null),
                request().allowList(List.of("192.0.2.1")),
                request().expiresAt(START.plus(Duration.ofDays(9)).plusMillis(1)))) {
            refused(KeyRefusal.IDEMPOTENCY_KEY_REUSED, () -> alice.issueOnce(other, "1"));
        }
        assertThat(alice.list(null, 10)).hasSize(1);
    }

    /** What stands at the end of one part and the beginning of the next is told apart. */
    @Test
    void parts_of_requests_do_not_run_into_each_other() {
        assertThat(RequestDigest.of(KeyRequest.named("n").scopes(List.of("ab"))))
                .isNotEqualTo(RequestDigest.of(KeyRequest.named("n").scopes(List.of("a", "b"))))
                .isNotEqualTo(RequestDigest.of(KeyRequest.named("n").scopes(List.of("a1:b"))))
                .isEqualTo(RequestDigest.of(KeyRequest.named("n").scopes(List.of("ab", "ab"))));
        assertThat(RequestDigest.of(KeyRequest.named("x4:livey")))
                .isNotEqualTo(RequestDigest.of(KeyRequest.named("x").scopes(List.of("y"))));
        assertThat(RequestDigest.of(KeyRequest.named("n").scopes(List.of("::1"))))
                .isNotEqualTo(RequestDigest.of(KeyRequest.named("n").allowList(List.of("::1"))));
        assertThat(RequestDigest.of(KeyRequest.named("n").allowList(List.of("::1", "::2"))))
                .isNotEqualTo(RequestDigest.of(KeyRequest.named("n").allowList(List.of("::2", "::1"))));
    }

    @Test
    void it_is_remembered_for_a_day() {
        APIKey key = issued("1", request());
        now = START.plus(Duration.ofDays(1)).minusMillis(1);
        repeated(key, "1", request());
        now = START.plus(Duration.ofDays(1));
        assertThat(issued("1", request())).isNotEqualTo(key);
    }

    @Test
    void a_refused_request_is_not_remembered() {
        KeyRequest bad = request().scopes(List.of("d"));
        refused(KeyRefusal.INVALID_INPUT, () -> alice.issueOnce(bad, "1"));
        issued("1", request());
    }

    @Test
    void an_idempotency_key_is_1_to_255_printable_characters() {
        issued("x".repeat(255), request());
        issued("\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", request());
        issued("a key with spaces ~", request());
        for (String bad : List.of("", "x".repeat(256), "a\n", "\u00e4", "\0", "\u007f")) {
            assertThatThrownBy(() -> alice.issueOnce(request(), bad))
                    .isInstanceOfSatisfying(
                            KeyRefusedException.class,
                            e -> assertThat(e.errors())
                                    .containsExactly(
                                            entry("Idempotency-Key", List.of(KeyFault.MALFORMED_IDEMPOTENCY_KEY))));
        }
    }
}
