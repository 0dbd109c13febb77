package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SecretText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Made-up keys in numbers. */
class CachedKeyFloodTest {

    private final CacheFixture given = new CacheFixture();
    private final WatchedStore store = given.store;

    private CachedAPIKeyStore cache(int unknownRate) {
        return given.cache(settings -> settings.unknownRate(unknownRate)
                .maximumKeys(100)
                .maximumUnknownKeys(20)
                .executor(Runnable::run));
    }

    /** Sends made-up keys, and says how many the store was asked for; the others could not be checked. */
    private int flood(CachedAPIKeyStore cache, int number) {
        int before = store.finds.get();
        int refused = 0;
        for (int i = 0; i < number; i++) {
            try {
                assertThat(cache.find(CacheFixture.newHash())).isNull();
            } catch (AuthUnavailableException e) {
                assertThat(e.reason()).isEqualTo(Reason.API_KEY_STORE_UNAVAILABLE);
                refused++;
            }
        }
        int asked = store.finds.get() - before;
        assertThat(asked + refused).isEqualTo(number);
        return asked;
    }

    @Test
    void the_store_is_asked_at_the_allowed_rate() {
        CachedAPIKeyStore cache = cache(10);
        assertThat(flood(cache, 1000)).isEqualTo(10);
        given.passNanos(99_999_999);
        assertThat(flood(cache, 1000)).isZero();
        given.passNanos(1);
        assertThat(flood(cache, 1000)).isEqualTo(1);
        given.pass(Duration.ofSeconds(1));
        assertThat(flood(cache, 1000)).isEqualTo(10);
        given.pass(Duration.ofHours(1)); // what is not spent in a second is lost
        assertThat(flood(cache, 1000)).isEqualTo(10);
        assertThat(cache.statistics().refusals()).isEqualTo(5 * 1000 - 31);
    }

    @Test
    void one_a_second_is_one_a_second() {
        CachedAPIKeyStore cache = cache(1);
        assertThat(flood(cache, 3)).isEqualTo(1);
        given.passNanos(999_999_999);
        assertThat(flood(cache, 3)).isZero();
        given.passNanos(1);
        assertThat(flood(cache, 3)).isEqualTo(1);
    }

    @Test
    void known_keys_are_neither_evicted_nor_held_up() {
        CachedAPIKeyStore cache = cache(10);
        List<APIKey> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            APIKey key = given.stored();
            keys.add(key);
            assertThat(cache.find(key.hash())).isEqualTo(key);
        }
        flood(cache, 10_000);
        int before = store.finds.get();
        keys.forEach(key -> assertThat(cache.find(key.hash())).isEqualTo(key));
        assertThat(store.finds).hasValue(before);
        given.pass(Duration.ofSeconds(30)); // all are too old, and are read again
        flood(cache, 10_000);
        keys.forEach(key -> assertThat(cache.find(key.hash())).isEqualTo(key));
        assertThat(store.finds.get()).isEqualTo(before + 100 + 10);
        assertThat(cache.statistics().unknownKeys()).isEqualTo(20);
    }

    /** Or else whoever has a leaked key could keep it alive with made-up ones. */
    @Test
    void keys_that_were_found_in_public_are_revoked_meanwhile() {
        APIKeys keys = APIKeys.builder().store(cache(1)).build();
        IssuedAPIKey leaked = keys.issue("owner", "Leaked", Environment.LIVE, Set.of(), null);
        for (int i = 0; i < 1000; i++) {
            String madeUp = "grd_live_" + String.format("%048x", i);
            assertThat(keys.revokeLeaked(SecretText.of(madeUp), Actor.APPLICATION))
                    .isNull();
        }
        APIKey revoked =
                Objects.requireNonNull(keys.revokeLeaked(SecretText.of(leaked.plaintext()), Actor.APPLICATION));
        assertThat(revoked.revokedAt()).isNotNull();
    }

    /** A key that was imported on another node meanwhile is remembered as unknown here. */
    @Test
    void a_key_that_was_unknown_a_moment_ago_is_found_to_be_revoked() {
        CachedAPIKeyStore cache = cache(10);
        APIKeys keys = APIKeys.builder().store(cache).build();
        IssuedAPIKey elsewhere = APIKeys.builder()
                .store(given.store.memory)
                .build()
                .issue("owner", "Elsewhere", Environment.LIVE, Set.of(), null);
        given.store.memory.delete(elsewhere.key().id(), CacheFixture.note(AuditAction.DELETE));
        assertThat(cache.find(elsewhere.key().hash())).isNull();
        given.store.memory.addAll(List.of(elsewhere.key()), CacheFixture.note(AuditAction.IMPORT));
        assertThat(cache.find(elsewhere.key().hash())).isNull();
        assertThat(keys.revokeLeaked(SecretText.of(elsewhere.plaintext()), Actor.APPLICATION))
                .isNotNull();
    }

    /** A key that was just changed has no copy that could be used, and still is no stranger. */
    @Test
    void a_change_is_in_force_also_in_a_flood() {
        CachedAPIKeyStore cache = cache(1);
        APIKey changed = given.stored();
        APIKey deleted = given.stored();
        cache.find(changed.hash());
        cache.find(deleted.hash());
        flood(cache, 100);
        cache.change(changed.id(), KeyChange.nothing().scopes(Set.of("a")), CacheFixture.note(AuditAction.CHANGE));
        assertThat(cache.find(changed.hash())).extracting(APIKey::scopes).isEqualTo(Set.of("a"));
        cache.delete(deleted.id(), CacheFixture.note(AuditAction.DELETE));
        assertThat(cache.find(deleted.hash())).isNull();
        assertThat(cache.find(deleted.hash())).isNull();
    }

    /** It may be a good one: it is not called invalid, and not let in. */
    @Test
    void a_key_that_is_new_here_cannot_be_checked_in_a_flood() {
        CachedAPIKeyStore cache = cache(1);
        APIKeys keys = APIKeys.builder().store(store).build();
        String plaintext =
                keys.issue("owner", "name", Environment.LIVE, Set.of(), null).plaintext();
        flood(cache, 100);
        try (APIKeyAuthentication method =
                APIKeyAuthentication.builder().store(cache).build()) {
            assertThatThrownBy(() -> method.authenticate(HeadersOnly.bearer(plaintext)))
                    .isInstanceOfSatisfying(AuthUnavailableException.class, e -> {
                        assertThat(e.reason()).isEqualTo(Reason.API_KEY_STORE_UNAVAILABLE);
                        assertThat(e.retryAfter()).isPositive();
                    });
            given.pass(Duration.ofSeconds(1));
            assertThat(method.authenticate(HeadersOnly.bearer(plaintext))).isInstanceOf(Outcome.Authenticated.class);
        }
    }

    /** One wrong key again and again is asked for once. */
    @Test
    void a_known_stranger_costs_nothing() {
        CachedAPIKeyStore cache = cache(2);
        APIKey stranger = CacheFixture.newKey();
        for (int i = 0; i < 1000; i++) {
            assertThat(cache.find(stranger.hash())).isNull();
        }
        assertThat(flood(cache, 10)).isEqualTo(1);
        assertThat(cache.find(stranger.hash())).isNull();
    }

    /** However many start at once after a restart. */
    @Test
    void good_keys_are_not_counted() {
        CachedAPIKeyStore cache = cache(1);
        for (int i = 0; i < 1000; i++) {
            assertThat(cache.find(given.stored().hash())).isNotNull();
        }
        assertThat(cache.statistics().refusals()).isZero();
    }
}
