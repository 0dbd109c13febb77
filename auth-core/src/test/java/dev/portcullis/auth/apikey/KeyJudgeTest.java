package dev.portcullis.auth.apikey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.KeyVerdict;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys are judged for others as they are by themselves: by the whole key once, by what was remembered of it later. */
class KeyJudgeTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private Instant now = START;
    private final WatchedStore store = new WatchedStore();
    private final APIKeys keys = APIKeys.builder().store(store).clock(() -> now).build();
    private final APIKeyAuthentication method =
            APIKeyAuthentication.builder().store(store).clock(() -> now).build();

    @AfterEach
    void close() {
        method.close();
    }

    private APIKey issued(@Nullable Instant expiresAt) {
        return keys.issue("account-1", "CI", Environment.TEST, Set.of("a"), expiresAt)
                .key();
    }

    private void bad(KeyVerdict verdict, Reason reason) {
        assertThat(verdict).isEqualTo(new KeyVerdict.Bad(reason));
    }

    @Test
    void a_good_key_is_told_with_its_caller_and_its_end() {
        IssuedAPIKey issued = keys.issue("account-1", "CI", Environment.TEST, Set.of("a"), START.plusSeconds(9));
        KeyVerdict verdict = method.judge(SecretText.of(issued.plaintext()));
        assertThat(verdict)
                .isEqualTo(method.judge(issued.key().id(), issued.key().hash()));
        assertThat(verdict).isInstanceOfSatisfying(KeyVerdict.Good.class, good -> {
            assertThat(good.id()).isEqualTo(issued.key().id());
            assertThat(good.hash()).isEqualTo(issued.key().hash());
            assertThat(good.expiresAt()).isEqualTo(START.plusSeconds(9));
            assertThat(good.caller().kind()).isEqualTo(CredentialKind.API_KEY);
            assertThat(good.caller().subject()).isEqualTo("account-1");
            assertThat(good.caller().permissions()).containsExactly("a");
        });
    }

    @Test
    void a_remembered_key_is_judged_as_it_stands() {
        APIKey key = issued(START.plusSeconds(9));
        now = START.plusSeconds(9);
        bad(method.judge(key.id(), key.hash()), Reason.API_KEY_EXPIRED);
        keys.revoke(key.id());
        bad(method.judge(key.id(), key.hash()), Reason.API_KEY_REVOKED);
        keys.delete(key.id());
        bad(method.judge(key.id(), key.hash()), Reason.UNKNOWN_API_KEY);
    }

    @Test
    void a_key_is_found_by_its_identifier_if_it_was_hashed_anew() {
        APIKey key = issued(null);
        APIKey other = issued(null);
        SHA256 old = SHA256.of(SecretText.of("an older hash"));
        for (SHA256 hash : new SHA256[] {old, other.hash()}) {
            assertThat(method.judge(key.id(), hash)).isInstanceOfSatisfying(KeyVerdict.Good.class, good -> {
                assertThat(good.id()).isEqualTo(key.id());
                assertThat(good.hash()).isEqualTo(key.hash());
            });
        }
        bad(method.judge(UUID.randomUUID(), key.hash()), Reason.UNKNOWN_API_KEY);
    }

    @Test
    void a_key_that_is_not_accepted_here_is_none() {
        APIKey key = issued(null);
        try (APIKeyAuthentication live = APIKeyAuthentication.builder()
                .store(store)
                .environments(Environment.LIVE)
                .build()) {
            bad(live.judge(key.id(), key.hash()), Reason.API_KEY_OF_OTHER_ENVIRONMENT);
        }
        try (APIKeyAuthentication acme =
                APIKeyAuthentication.builder().store(store).prefix("acme").build()) {
            bad(acme.judge(key.id(), key.hash()), Reason.UNKNOWN_API_KEY);
        }
        bad(method.judge(SecretText.of("grd_live_")), Reason.MALFORMED_API_KEY);
    }

    /** "dies at once": what is judged for others is used, so that the key does not look idle. */
    @Test
    void being_judged_is_a_use() {
        APIKey key = issued(null);
        method.judge(key.id(), key.hash());
        method.flush();
        assertThat(requireNonNull(store.get(key.id())).lastUsedAt()).isEqualTo(START);
    }

    @Test
    void the_end_is_never_after_the_greatest_age() {
        APIKey key = issued(START.plusSeconds(50));
        for (int seconds : new int[] {20, 90}) {
            try (APIKeyAuthentication aging = APIKeyAuthentication.builder()
                    .store(store)
                    .maximumKeyAge(Duration.ofSeconds(seconds))
                    .clock(() -> now)
                    .build()) {
                Instant end = seconds == 20 ? START.plusSeconds(20).plusMillis(1) : START.plusSeconds(50);
                assertThat(aging.judge(key.id(), key.hash()))
                        .isInstanceOfSatisfying(
                                KeyVerdict.Good.class,
                                good -> assertThat(good.expiresAt()).isEqualTo(end));
            }
        }
        try (APIKeyAuthentication ageless = APIKeyAuthentication.builder()
                .store(store)
                .maximumKeyAge(Duration.ofMillis(Long.MAX_VALUE - 1))
                .clock(() -> now)
                .build()) {
            APIKey endless = issued(null);
            assertThat(ageless.judge(endless.id(), endless.hash()))
                    .isInstanceOfSatisfying(
                            KeyVerdict.Good.class,
                            good -> assertThat(good.expiresAt()).isNull());
        }
    }

    @Test
    void a_store_that_cannot_be_asked_is_neither_yes_nor_no() {
        APIKey key = issued(null);
        store.down = true;
        assertThatThrownBy(() -> method.judge(key.id(), key.hash())).isInstanceOf(AuthUnavailableException.class);
        store.down = false;
        store.unannounced = true;
        assertThatThrownBy(() -> method.judge(key.id(), key.hash())).isInstanceOf(AuthUnavailableException.class);
    }
}
