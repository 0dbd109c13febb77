package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A copy vouches for its key as long as whoever looks for the key would be given it, and no longer. */
class CurrentCopyTest {

    private final CacheFixture house = new CacheFixture();
    private final APIKey key = house.stored();

    private APIKey found(APIKeyStore store) {
        return Objects.requireNonNull(store.find(key.hash()));
    }

    @Test
    void a_copy_vouches_until_it_is_due() {
        CachedAPIKeyStore cache = house.cache();
        APIKey copy = found(cache);
        assertThat(cache.isCurrent(copy)).isTrue();
        house.pass(Duration.ofMillis(750));
        assertThat(cache.isCurrent(copy)).isTrue();
        house.passNanos(1);
        assertThat(cache.isCurrent(copy)).isFalse();
        assertThat(cache.isCurrent(key)).isFalse();
    }

    /** Also one that is not due itself. */
    @Test
    void a_copy_that_was_replaced_vouches_no_longer() {
        ChangeStamps stamps = new ChangeStamps();
        Horizon horizon = Horizon.start(new Horizon.Limits(1_000, 1_000, 0), house.nanos::get);
        KeyCopies copies = new KeyCopies(10, 10, 1_000, horizon, stamps);
        APIKey first = kept(copies, key);
        assertThat(copies.isCurrent(first)).isTrue();
        APIKey second = kept(copies, key.toBuilder().build());
        assertThat(copies.isCurrent(first)).isFalse();
        assertThat(copies.isCurrent(second)).isTrue();
        assertThat(copies.used(key.id(), CacheFixture.NOW.plusSeconds(1))).isTrue();
        APIKey third = Objects.requireNonNull(copies.fresh(key.hash()));
        assertThat(copies.isCurrent(second)).isFalse();
        assertThat(copies.isCurrent(third)).isTrue();
        assertThat(copies.used(key.id(), CacheFixture.NOW)).isTrue(); // changes nothing
        assertThat(copies.isCurrent(third)).isTrue();
        keep(copies, null);
        assertThat(copies.isCurrent(third)).isFalse();
        assertThat(copies.used(key.id(), CacheFixture.NOW)).isFalse();
    }

    private APIKey kept(KeyCopies copies, APIKey answer) {
        return Objects.requireNonNull(keep(copies, answer).key());
    }

    private KeyCopy keep(KeyCopies copies, @Nullable APIKey answer) {
        return copies.keep(List.of(key.hash()), answer, house.nanos.get(), 0);
    }

    /** Whoever else holds the record, or a copy of it, goes on as before. */
    @Test
    void each_memory_vouches_for_its_own() {
        CachedAPIKeyStore one = house.cache();
        CachedAPIKeyStore other = house.cache();
        APIKey original = found(house.store.memory);
        APIKey ofOne = found(one);
        APIKey ofOther = found(other);
        assertThat(house.store.memory.isCurrent(original)).isTrue();
        assertThat(one.isCurrent(ofOne)).isTrue();
        assertThat(other.isCurrent(ofOther)).isTrue();
        assertThat(one.isCurrent(ofOther)).isFalse();
        assertThat(other.isCurrent(ofOne)).isFalse();
        assertThat(house.store.memory.isCurrent(ofOne)).isFalse();
        assertThat(one.isCurrent(original)).isFalse();
    }

    @Test
    void a_change_through_the_cache_is_in_force_at_once() {
        CachedAPIKeyStore cache = house.cache(settings -> settings.executor(Runnable::run));
        APIKey copy = found(cache);
        cache.revoke(key.id(), CacheFixture.note(AuditAction.REVOKE));
        assertThat(cache.isCurrent(copy)).isFalse();
        assertThat(found(cache).isRevoked()).isTrue();
        assertThat(cache.isCurrent(copy)).isFalse();
    }
}
