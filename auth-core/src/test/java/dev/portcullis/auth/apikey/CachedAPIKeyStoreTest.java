package dev.portcullis.auth.apikey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.InMemoryChangeNotices;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How long copies live, and what writing does to them. */
class CachedAPIKeyStoreTest {

    private static final Duration LIFETIME = Duration.ofSeconds(1);

    private final CacheFixture given = new CacheFixture();
    private final WatchedStore store = given.store;

    private static void assertRevoked(CachedAPIKeyStore cache, APIKey key) {
        APIKey found = cache.find(key.hash());
        assertThat(requireNonNull(found).isRevoked()).isTrue();
    }

    private void revokeElsewhere(APIKey key) {
        store.memory.revoke(key.id(), CacheFixture.note(AuditAction.REVOKE));
    }

    @Test
    void a_key_is_asked_for_once_and_then_copied() {
        CachedAPIKeyStore cache = given.cache();
        APIKey key = given.stored();
        for (int i = 0; i < 100; i++) {
            assertThat(cache.find(key.hash())).isEqualTo(key);
        }
        assertThat(store.finds).hasValue(1);
    }

    @Test
    void a_copy_is_used_to_the_last_moment_of_its_lifetime() {
        CachedAPIKeyStore cache = given.cache();
        APIKey key = given.stored();
        cache.find(key.hash());
        revokeElsewhere(key);
        given.pass(LIFETIME);
        assertThat(cache.find(key.hash())).isEqualTo(key);
        assertThat(store.finds).hasValue(1);
    }

    @Test
    void a_copy_that_is_too_old_is_read_again_before_it_is_used() {
        CachedAPIKeyStore cache = given.cache(settings -> settings.executor(Runnable::run));
        APIKey key = given.stored();
        cache.find(key.hash());
        revokeElsewhere(key);
        given.pass(LIFETIME.plusNanos(1));
        assertRevoked(cache, key);
        assertThat(store.finds).hasValue(2);
    }

    @Test
    void a_copy_is_renewed_in_the_background_when_three_quarters_of_its_lifetime_are_over() {
        CachedAPIKeyStore cache = given.cache();
        APIKey key = given.stored();
        cache.find(key.hash());
        revokeElsewhere(key);
        given.pass(LIFETIME.multipliedBy(3).dividedBy(4));
        cache.find(key.hash());
        assertThat(given.background).isEmpty();
        given.passNanos(1);
        assertThat(cache.find(key.hash())).isEqualTo(key);
        assertThat(cache.find(key.hash())).isEqualTo(key);
        assertThat(given.runBackground()).isOne();
        assertThat(store.finds).hasValue(2);
        assertRevoked(cache, key);
        assertThat(store.finds).hasValue(2);
    }

    @Test
    void a_key_that_a_renewal_does_not_find_is_unknown_from_then_on() {
        CachedAPIKeyStore cache = given.cache();
        APIKey key = given.stored();
        cache.find(key.hash());
        store.memory.delete(key.id(), CacheFixture.note(AuditAction.DELETE)); // on another node
        given.pass(LIFETIME.multipliedBy(3).dividedBy(4).plusNanos(1));
        assertThat(cache.find(key.hash())).isEqualTo(key);
        assertThat(given.runBackground()).isOne();
        assertThat(cache.find(key.hash())).isNull();
        assertThat(cache.find(key.hash())).isNull();
        assertThat(store.finds).hasValue(2);
    }

    /** What was read lives from the moment at which it was asked for, not from its arrival. */
    @Test
    void the_time_of_asking_counts() {
        CachedAPIKeyStore cache = given.cache(settings -> settings.executor(Runnable::run));
        APIKey key = given.stored();
        store.afterFind = () -> given.pass(LIFETIME.dividedBy(2));
        cache.find(key.hash());
        store.afterFind = () -> {};
        given.pass(LIFETIME.dividedBy(2).plusNanos(1));
        cache.find(key.hash());
        assertThat(store.finds).hasValue(2);
    }

    @Test
    void that_there_is_no_key_is_remembered_for_its_time_and_no_longer() {
        Duration time = Duration.ofSeconds(10);
        CachedAPIKeyStore cache = given.cache(settings -> settings.unknownLifetime(time));
        APIKey key = CacheFixture.newKey();
        for (int i = 0; i < 10; i++) {
            assertThat(cache.find(key.hash())).isNull();
        }
        store.memory.add(key, AddTerms.any(), CacheFixture.note(AuditAction.IMPORT)); // on another node
        given.pass(time);
        assertThat(cache.find(key.hash())).isNull();
        assertThat(store.finds).hasValue(1);
        given.passNanos(1);
        assertThat(cache.find(key.hash())).isEqualTo(key);
    }

    @Test
    void an_unknown_key_that_is_issued_here_works_at_once() {
        CachedAPIKeyStore cache = given.cache();
        APIKey one = CacheFixture.newKey();
        APIKey many = CacheFixture.newKey();
        APIKey successor = CacheFixture.newKey();
        APIKey old = given.stored();
        SHA256 rehashed = CacheFixture.newHash();
        for (SHA256 hash : List.of(one.hash(), many.hash(), successor.hash(), rehashed)) {
            assertThat(cache.find(hash)).isNull();
        }
        cache.add(one, AddTerms.any(), CacheFixture.note(AuditAction.ISSUE));
        cache.addAll(List.of(many), CacheFixture.note(AuditAction.IMPORT));
        cache.rotate(old.id(), successor, CacheFixture.NOW, 1, CacheFixture.note(AuditAction.ROTATE));
        cache.rehash(old.id(), rehashed, 1);
        for (SHA256 hash : List.of(one.hash(), many.hash(), successor.hash(), rehashed)) {
            assertThat(cache.find(hash)).isNotNull();
        }
    }

    @Test
    void what_the_store_says_of_a_write_is_passed_on() {
        CachedAPIKeyStore cache = given.cache();
        AuditNote note = CacheFixture.note(AuditAction.IMPORT);
        APIKey key = given.stored();
        APIKey other = CacheFixture.newKey();
        assertThat(cache.addAll(List.of(key, other), note)).containsExactly(other.id());
        assertThat(cache.rehash(key.id(), CacheFixture.newHash(), 1)).isTrue();
        assertThat(cache.delete(other.id(), note)).isEqualTo(other);
        assertThat(cache.delete(other.id(), note)).isNull();
        assertThat(cache.rehash(other.id(), CacheFixture.newHash(), 1)).isFalse();
    }

    @Test
    void every_write_is_in_force_at_once() {
        assertWritesAreInForce();
    }

    /** A connection that breaks while a change is being committed leaves open whether it was. */
    @Test
    void a_write_that_seems_to_have_failed_is_in_force_if_it_was_done() {
        store.afterWrite = () -> {
            throw WatchedStore.outage();
        };
        assertWritesAreInForce();
    }

    private void assertWritesAreInForce() {
        CachedAPIKeyStore cache = given.cache(settings -> settings.executor(Runnable::run));
        List<APIKey> keys = Stream.generate(given::stored).limit(5).toList();
        for (APIKey key : keys) {
            assertThat(cache.find(key.hash())).isEqualTo(key);
        }
        AuditNote note = CacheFixture.note(AuditAction.CHANGE);
        KeyChange scopes = KeyChange.nothing().scopes(Set.of("catalog:read"));
        tried(() -> cache.revoke(keys.get(0).id(), note));
        tried(() -> cache.change(keys.get(1).id(), scopes, note));
        tried(() -> cache.rotate(keys.get(2).id(), CacheFixture.newKey(), CacheFixture.NOW, 1, note));
        tried(() -> cache.delete(keys.get(3).id(), note));
        tried(() -> cache.rehash(keys.get(4).id(), CacheFixture.newHash(), 1));
        assertRevoked(cache, keys.get(0));
        assertThat(cache.find(keys.get(1).hash())).extracting(APIKey::scopes).isEqualTo(Set.of("catalog:read"));
        assertThat(cache.find(keys.get(2).hash())).extracting(APIKey::expiresAt).isEqualTo(CacheFixture.NOW);
        assertThat(cache.find(keys.get(3).hash())).isNull();
        assertThat(cache.find(keys.get(4).hash())).isNull();
    }

    private static void tried(Runnable write) {
        try {
            write.run();
        } catch (AuthUnavailableException e) {
            assertThat(e.reason()).isEqualTo(Reason.API_KEY_STORE_UNAVAILABLE);
        }
    }

    @Test
    void an_unknown_key_that_is_issued_here_works_at_once_although_the_store_said_nothing() {
        CachedAPIKeyStore cache = given.cache();
        APIKey one = CacheFixture.newKey();
        APIKey many = CacheFixture.newKey();
        cache.find(one.hash());
        cache.find(many.hash());
        store.afterWrite = () -> {
            throw WatchedStore.outage();
        };
        tried(() -> cache.add(one, AddTerms.any(), CacheFixture.note(AuditAction.ISSUE)));
        tried(() -> cache.addAll(List.of(many), CacheFixture.note(AuditAction.IMPORT)));
        assertThat(cache.find(one.hash())).isEqualTo(one);
        assertThat(cache.find(many.hash())).isEqualTo(many);
    }

    /** A million keys can be imported while requests go on from their copies. */
    @Test
    void adding_many_keys_outdates_no_copy() {
        CachedAPIKeyStore cache = given.cache();
        List<APIKey> known = Stream.generate(given::stored).limit(20).toList();
        known.forEach(key -> cache.find(key.hash()));
        cache.addAll(
                Stream.generate(CacheFixture::newKey).limit(20_000).toList(), CacheFixture.note(AuditAction.IMPORT));
        known.forEach(key -> assertThat(cache.find(key.hash())).isEqualTo(key));
        assertThat(store.finds).hasValue(20);
    }

    /** As from a back-up. */
    @Test
    void a_key_that_others_have_deleted_and_is_added_again_here_is_read_again() {
        CachedAPIKeyStore cache = given.cache(settings -> settings.executor(Runnable::run));
        AuditNote note = CacheFixture.note(AuditAction.IMPORT);
        APIKey one = given.stored();
        APIKey many = given.stored();
        for (APIKey key : List.of(one, many)) {
            cache.find(key.hash());
            store.memory.delete(key.id(), note);
        }
        cache.add(one.toBuilder().name("again").build(), AddTerms.any(), note);
        cache.addAll(List.of(many.toBuilder().name("again").build()), note);
        assertThat(cache.find(one.hash())).extracting(APIKey::name).isEqualTo("again");
        assertThat(cache.find(many.hash())).extracting(APIKey::name).isEqualTo("again");
    }

    /** A node that has just said that there is no such key, and then changes it. */
    @Test
    void a_change_of_a_key_that_was_added_elsewhere_makes_it_known() {
        CachedAPIKeyStore cache = given.cache();
        AuditNote note = CacheFixture.note(AuditAction.CHANGE);
        List<APIKey> keys = Stream.generate(CacheFixture::newKey).limit(2).toList();
        for (APIKey key : keys) {
            assertThat(cache.find(key.hash())).isNull();
            store.memory.add(key, AddTerms.any(), note);
        }
        cache.change(keys.get(0).id(), KeyChange.nothing().name("changed"), note);
        cache.revoke(keys.get(1).id(), note);
        assertThat(cache.find(keys.get(0).hash())).extracting(APIKey::name).isEqualTo("changed");
        assertRevoked(cache, keys.get(1));
    }

    /** Everything that is not asked with every request is answered by the store itself. */
    @Test
    void the_rest_goes_straight_to_the_store() {
        CachedAPIKeyStore cache = given.cache();
        APIKey key = given.stored();
        cache.find(key.hash());
        cache.touch(key.id(), CacheFixture.NOW);
        assertThat(store.touches).extracting(WatchedStore.Touch::id).containsExactly(key.id());
        revokeElsewhere(key);
        APIKey now = store.memory.get(key.id());
        assertThat(cache.get(key.id())).isEqualTo(now);
        assertThat(cache.list("owner", null, 10)).containsExactly(now);
        assertThat(cache.list("owner", key.id(), 10)).isEmpty();
        assertThat(cache.audit("owner", Long.MAX_VALUE, 10)).hasSize(2);
        assertThat(cache.audit("owner", 0, 10)).isEmpty();
        assertThat(cache.countByHashVersion(CacheFixture.NOW)).isEmpty();
        given.stored();
        assertThat(cache.countByHashVersion(CacheFixture.NOW)).isEqualTo(Map.of(0, 1L));
        assertThat(store.finds).hasValue(1);
    }

    /** It does not have the key read again, nor the copy live longer. */
    @Test
    void a_last_use_is_written_into_the_copy() {
        CachedAPIKeyStore cache = given.cache(settings -> settings.executor(Runnable::run));
        APIKey key = given.stored();
        cache.find(key.hash());
        given.pass(LIFETIME.dividedBy(2));
        cache.touch(key.id(), CacheFixture.NOW);
        assertThat(cache.find(key.hash())).isEqualTo(key.lastUsedAt(CacheFixture.NOW));
        cache.touch(key.id(), CacheFixture.NOW.minusSeconds(1));
        assertThat(cache.find(key.hash())).isEqualTo(key.lastUsedAt(CacheFixture.NOW));
        assertThat(store.finds).hasValue(1);
        revokeElsewhere(key);
        given.pass(LIFETIME.dividedBy(2).plusNanos(1));
        assertRevoked(cache, key);
    }

    /** A copy that was outdated stays so. */
    @Test
    void a_last_use_undoes_no_change() {
        CachedAPIKeyStore cache = given.cache(settings -> settings.executor(Runnable::run));
        APIKey key = given.stored();
        cache.find(key.hash());
        cache.revoke(key.id(), CacheFixture.note(AuditAction.REVOKE));
        cache.touch(key.id(), CacheFixture.NOW);
        assertRevoked(cache, key);
    }

    /** Many keys share places there: whose is taken is read again instead. */
    @Test
    void a_last_use_is_seen_whichever_way() {
        CachedAPIKeyStore cache =
                given.cache(settings -> settings.executor(Runnable::run).maximumKeys(3000));
        List<APIKey> keys = Stream.generate(given::stored).limit(3000).toList();
        keys.forEach(key -> cache.find(key.hash()));
        keys.forEach(key -> cache.touch(key.id(), CacheFixture.NOW));
        keys.forEach(key -> assertThat(cache.find(key.hash())).isEqualTo(key.lastUsedAt(CacheFixture.NOW)));
        assertThat(store.finds.get()).isBetween(3001, 5999);
    }

    @Test
    void a_key_under_several_hashes_is_asked_for_in_one_step() {
        CachedAPIKeyStore cache = given.cache();
        APIKey key = given.stored();
        SHA256 latest = CacheFixture.newHash();
        assertThat(cache.findAny(List.of(latest, key.hash()))).isEqualTo(key);
        assertThat(cache.findAny(List.of(latest, key.hash()))).isEqualTo(key);
        assertThat(cache.find(key.hash())).isEqualTo(key);
        assertThat(store.finds).hasValue(1);
        assertThat(cache.findAny(List.of())).isNull();
    }

    @Test
    void a_key_is_unknown_only_if_all_of_its_hashes_are() {
        CachedAPIKeyStore cache = given.cache();
        APIKey key = given.stored();
        SHA256 latest = CacheFixture.newHash();
        assertThat(cache.find(latest)).isNull();
        assertThat(cache.findAny(List.of(latest, key.hash()))).isEqualTo(key);
        SHA256 nobody = CacheFixture.newHash();
        assertThat(cache.findAny(List.of(latest, nobody))).isNull();
        assertThat(cache.findAny(List.of(latest, nobody))).isNull();
        assertThat(cache.find(nobody)).isNull();
        assertThat(store.finds).hasValue(3);
    }

    @Test
    void it_goes_on_answering_when_it_is_closed() {
        CachedAPIKeyStore cache = CachedAPIKeyStore.over(store).build();
        APIKey key = given.stored();
        cache.close();
        cache.close();
        assertThat(cache.find(key.hash())).isEqualTo(key);
        assertThat(cache.find(key.hash())).isEqualTo(key);
        assertThat(store.finds).hasValue(1);
        cache.revoke(key.id(), CacheFixture.note(AuditAction.REVOKE));
        assertRevoked(cache, key);
    }

    @Test
    void it_counts_what_it_does() {
        CachedAPIKeyStore cache = given.cache(settings -> settings.unknownRate(1));
        APIKey key = given.stored();
        SHA256 nobody = CacheFixture.newHash();
        cache.find(key.hash());
        cache.find(key.hash());
        cache.findAny(List.of(CacheFixture.newHash(), key.hash()));
        cache.find(nobody);
        cache.find(nobody);
        tried(() -> cache.find(CacheFixture.newHash()));
        assertThat(cache.statistics()).isEqualTo(new KeyCacheStatistics(2, 1, 2, 2, 0, 0, 1, 1, 1, false));
        given.pass(LIFETIME);
        cache.find(key.hash());
        given.runBackground();
        assertThat(cache.statistics()).isEqualTo(new KeyCacheStatistics(3, 1, 2, 3, 0, 0, 1, 1, 1, false));
        assertThat(cache).hasToString("CachedAPIKeyStore[1]");
    }

    @Test
    void there_are_no_more_copies_than_allowed() {
        CachedAPIKeyStore cache = given.cache(
                settings -> settings.maximumKeys(10).maximumUnknownKeys(5).unknownRate(1000));
        for (int i = 0; i < 100; i++) {
            cache.find(given.stored().hash());
            cache.find(CacheFixture.newHash());
        }
        assertThat(cache.statistics().keys()).isEqualTo(10);
        assertThat(cache.statistics().unknownKeys()).isEqualTo(5);
    }

    @Test
    void settings_are_within_bounds_and_fit_together() {
        assertRefused("lifetime", settings -> settings.lifetime(Duration.ofMillis(49)));
        assertRefused(
                "lifetime", settings -> settings.lifetime(Duration.ofHours(1).plusNanos(1)));
        assertRefused("lifetimeWithNotices", settings -> settings.lifetimeWithNotices(Duration.ofSeconds(5)));
        assertRefused(
                "lifetimeWithNotices",
                settings -> settings.notices(new InMemoryChangeNotices())
                        .lifetime(Duration.ofSeconds(6))
                        .lifetimeWithNotices(Duration.ofSeconds(5)));
        assertRefused("maximumLag", settings -> settings.maximumLag(Duration.ofMillis(99)));
        assertRefused("maximumLag", settings -> settings.maximumLag(Duration.ofSeconds(61)));
        assertRefused("maximumStaleness", settings -> settings.maximumStaleness(Duration.ofMillis(999)));
        assertRefused(
                "maximumStaleness",
                settings -> settings.notices(new InMemoryChangeNotices()).maximumStaleness(Duration.ofSeconds(59)));
        assertRefused("maximumStaleness", settings -> settings.maximumStaleness(Duration.ofDays(8)));
        assertRefused("maximumKeys", settings -> settings.maximumKeys(0));
        assertRefused("maximumUnknownKeys", settings -> settings.maximumUnknownKeys(0));
        assertRefused("unknownLifetime", settings -> settings.unknownLifetime(Duration.ZERO));
        assertRefused("unknownLifetime", settings -> settings.unknownLifetime(Duration.ofHours(2)));
        assertRefused("unknownRate", settings -> settings.unknownRate(0));
        assertRefused("unknownRate", settings -> settings.unknownRate(1_000_001));
        assertRefused("maximumLoads", settings -> settings.maximumLoads(0));
        assertRefused("maximumWaiters", settings -> settings.maximumWaiters(0));
        assertRefused("maximumWait", settings -> settings.maximumWait(Duration.ZERO));
        assertRefused("maximumWait", settings -> settings.maximumWait(Duration.ofMinutes(2)));
    }

    private void assertRefused(String setting, UnaryOperator<CachedAPIKeyStore.Builder> settings) {
        CachedAPIKeyStore.Builder builder = settings.apply(CachedAPIKeyStore.over(store));
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(setting + " is ");
    }

    @Test
    void the_least_and_the_most_that_settings_can_be_are_taken() {
        CachedAPIKeyStore.over(store)
                .lifetime(Duration.ofMillis(50))
                .maximumStaleness(Duration.ofMillis(50))
                .maximumLag(Duration.ofMillis(100))
                .unknownLifetime(Duration.ofMillis(1))
                .maximumWait(Duration.ofMillis(1))
                .unknownRate(1_000_000)
                .build()
                .close();
        CachedAPIKeyStore.over(store)
                .lifetime(Duration.ofHours(1))
                .notices(new InMemoryChangeNotices())
                .lifetimeWithNotices(Duration.ofDays(7))
                .maximumStaleness(Duration.ofDays(7))
                .maximumLag(Duration.ofMinutes(1))
                .unknownLifetime(Duration.ofHours(1))
                .maximumWait(Duration.ofMinutes(1))
                .build()
                .close();
    }
}
