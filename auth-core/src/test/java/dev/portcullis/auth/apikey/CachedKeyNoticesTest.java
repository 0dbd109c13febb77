package dev.portcullis.auth.apikey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.ChangeNotices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How change notices make copies live longer, and only as long as they are up to date. */
class CachedKeyNoticesTest {

    private static final Duration LIFETIME = Duration.ofSeconds(1);
    private static final Duration COVERED = Duration.ofSeconds(40);
    private static final Duration LAG = Duration.ofSeconds(2);

    /** Notices as a test wants them. */
    private static final class Scripted implements ChangeNotices {

        private final List<String> topics = new ArrayList<>();
        private final List<Listener> listeners = new ArrayList<>();
        private volatile long behind;
        private volatile boolean closed;

        @Override
        public Subscription subscribe(String topic, Listener listener) {
            topics.add(topic);
            listeners.add(listener);
            return new Subscription() {
                @Override
                public long nanosBehind() {
                    return behind;
                }

                @Override
                public void close() {
                    closed = true;
                }
            };
        }

        Listener listener() {
            return listeners.get(0);
        }
    }

    private final CacheFixture given = new CacheFixture();
    private final WatchedStore store = given.store;
    private final Scripted notices = new Scripted();
    private final CachedAPIKeyStore cache = given.cache(settings -> settings.notices(notices)
            .lifetimeWithNotices(COVERED)
            .maximumLag(LAG)
            .executor(Runnable::run));

    private APIKey cachedAndRevokedElsewhere() {
        APIKey key = given.stored();
        assertThat(cache.find(key.hash())).isEqualTo(key);
        store.memory.revoke(key.id(), CacheFixture.note(AuditAction.REVOKE));
        return key;
    }

    private boolean isLetIn(APIKey key) {
        APIKey found = cache.find(key.hash());
        return !requireNonNull(found).isRevoked();
    }

    @Test
    void it_listens_for_changes_of_keys() {
        assertThat(notices.topics).containsExactly(APIKeyStore.CHANGES).containsExactly("api-keys");
    }

    @Test
    void copies_live_long_while_notices_are_up_to_date() {
        APIKey key = cachedAndRevokedElsewhere();
        given.pass(COVERED.multipliedBy(3).dividedBy(4));
        assertThat(isLetIn(key)).isTrue();
        given.passNanos(1); // due, and renewed at once
        assertThat(isLetIn(key)).isTrue();
        assertThat(isLetIn(key)).isFalse();
    }

    @Test
    void no_copy_lives_longer_than_it_may_however_good_the_notices_are() {
        APIKey key = cachedAndRevokedElsewhere();
        given.pass(COVERED.plusNanos(1));
        assertThat(isLetIn(key)).isFalse();
    }

    @Test
    void a_change_that_is_told_is_in_force_at_once() {
        APIKey key = cachedAndRevokedElsewhere();
        APIKey other = cachedAndRevokedElsewhere();
        notices.listener().changed(key.id().toString());
        assertThat(isLetIn(key)).isFalse();
        assertThat(isLetIn(other)).isTrue();
    }

    @Test
    void after_a_gap_no_copy_counts() {
        APIKey key = cachedAndRevokedElsewhere();
        APIKey other = cachedAndRevokedElsewhere();
        given.passNanos(1);
        notices.listener().anythingMayHaveChanged();
        assertThat(isLetIn(key)).isFalse();
        assertThat(isLetIn(other)).isFalse();
        assertThat(isLetIn(other)).isFalse();
        assertThat(store.finds).hasValue(4);
    }

    /** "No change without its notice": what cannot be understood may be about any key. */
    @Test
    void a_notice_that_names_no_key_is_a_gap() {
        APIKey key = cachedAndRevokedElsewhere();
        given.passNanos(1);
        notices.listener().changed("not an identifier");
        assertThat(isLetIn(key)).isFalse();
    }

    @Test
    void a_notice_about_a_key_that_is_not_here_does_no_harm() {
        APIKey key = given.stored();
        cache.find(key.hash());
        notices.listener().changed(new UUID(1, 2).toString());
        assertThat(cache.find(key.hash())).isEqualTo(key);
        assertThat(store.finds).hasValue(1);
    }

    /** A quarter of the lag is kept back for a late thread. */
    @Test
    void notices_that_lag_make_copies_short_lived() {
        APIKey key = cachedAndRevokedElsewhere();
        notices.behind = LAG.toNanos() / 4 * 3;
        given.pass(LIFETIME.plusNanos(1));
        assertThat(cache.statistics().noticesUpToDate()).isTrue();
        assertThat(isLetIn(key)).isTrue();
        notices.behind = LAG.toNanos() / 4 * 3 + 1;
        assertThat(cache.statistics().noticesUpToDate()).isFalse();
        assertThat(isLetIn(key)).isFalse();
    }

    @Test
    void a_connection_that_is_cut_makes_copies_short_lived() {
        APIKey key = cachedAndRevokedElsewhere();
        notices.behind = Long.MAX_VALUE;
        given.pass(LIFETIME.multipliedBy(3).dividedBy(4));
        assertThat(isLetIn(key)).isTrue();
        assertThat(store.finds).hasValue(1);
        given.pass(LIFETIME.dividedBy(4).plusNanos(1));
        assertThat(isLetIn(key)).isFalse();
    }

    /** Notices that only lagged have missed nothing: what was read before lives long again. */
    @Test
    void notices_that_have_caught_up_count_again() {
        APIKey key = given.stored();
        cache.find(key.hash());
        notices.behind = Long.MAX_VALUE;
        given.pass(LIFETIME.multipliedBy(2));
        notices.behind = 0;
        assertThat(cache.find(key.hash())).isEqualTo(key);
        assertThat(store.finds).hasValue(1);
    }

    @Test
    void closing_the_cache_closes_the_subscription() {
        assertThat(notices.closed).isFalse();
        cache.close();
        assertThat(notices.closed).isTrue();
    }

    @Test
    void without_notices_copies_are_short_lived() {
        CachedAPIKeyStore without = given.cache(settings -> settings.executor(Runnable::run));
        APIKey key = given.stored();
        without.find(key.hash());
        given.pass(LIFETIME.plusNanos(1));
        without.find(key.hash());
        assertThat(store.finds).hasValue(2);
        assertThat(without.statistics().noticesUpToDate()).isFalse();
    }

    /** By default a minute with notices, or the lifetime if that is longer. */
    @Test
    void a_long_lifetime_is_not_shortened_by_notices() {
        CachedAPIKeyStore slow = given.cache(settings -> settings.notices(new Scripted())
                .lifetime(Duration.ofMinutes(4))
                .maximumStaleness(Duration.ofMinutes(4))
                .executor(Runnable::run));
        APIKey key = given.stored();
        slow.find(key.hash());
        given.pass(Duration.ofMinutes(3));
        slow.find(key.hash());
        assertThat(store.finds).hasValue(1);
        CachedAPIKeyStore usual =
                given.cache(settings -> settings.notices(new Scripted()).executor(Runnable::run));
        usual.find(key.hash());
        given.pass(Duration.ofSeconds(45));
        usual.find(key.hash());
        assertThat(store.finds).hasValue(2);
        given.pass(Duration.ofSeconds(15).plusNanos(1));
        usual.find(key.hash());
        assertThat(store.finds).hasValue(3);
    }

    @Test
    void a_source_that_cannot_be_subscribed_to_stops_the_start() {
        ChangeNotices broken = (topic, listener) -> {
            throw new IllegalStateException("no");
        };
        assertThatThrownBy(() -> given.cache(settings -> settings.notices(broken)))
                .isInstanceOf(IllegalStateException.class);
    }
}
