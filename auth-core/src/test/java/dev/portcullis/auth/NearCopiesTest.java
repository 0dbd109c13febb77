package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long copies are good, to the nanosecond, and what ends them sooner. */
class NearCopiesTest {

    private static final String TOPIC = "things";
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MINUTE = 60 * SECOND;

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - SECOND / 2); // it runs over
    private final List<String> asked = new ArrayList<>();
    private @Nullable String stored = "first";
    private boolean away;
    private long lag;
    private ChangeNotices.@Nullable Listener listener;

    private final NearCopies<String, String> copies = copies(Duration.ZERO);

    private NearCopies<String, String> copies(Duration staleness) {
        return new NearCopies<>(
                new NearCopies.Terms(
                        Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofSeconds(1), staleness, 100),
                value -> List.of(value, "group"),
                clock::get);
    }

    private void listen(NearCopies<String, String> listening) {
        listening.follow(
                (topic, told) -> {
                    assertThat(topic).isEqualTo(TOPIC);
                    listener = told;
                    return new ChangeNotices.Subscription() {
                        @Override
                        public long nanosBehind() {
                            return lag;
                        }

                        @Override
                        public void close() {
                            lag = Long.MAX_VALUE;
                        }
                    };
                },
                TOPIC);
    }

    private @Nullable String find(NearCopies<String, String> here) {
        return here.find("key", key -> {
            asked.add(key);
            if (away) {
                throw new AuthUnavailableException(Reason.SESSION_STORE_UNAVAILABLE, Duration.ofSeconds(1));
            }
            return stored;
        });
    }

    private void assertAsked(int times) {
        assertThat(asked).hasSize(times);
        asked.clear();
    }

    /** Threads read the clock when they come to it, and a compiler can move that: changes are counted, not timed. */
    @Test
    void a_clock_that_is_read_out_of_order_hides_no_change() {
        String before = copies.find("key", key -> {
            clock.addAndGet(-5);
            copies.changed("group");
            clock.addAndGet(5);
            return "first";
        });
        assertThat(before).isEqualTo("first");
        stored = "second";
        assertThat(find(copies)).isEqualTo("second");
    }

    @Test
    void without_notices_a_copy_is_good_for_its_lifetime() {
        assertThat(find(copies)).isEqualTo("first");
        clock.addAndGet(SECOND);
        find(copies);
        assertAsked(1);
        clock.addAndGet(1);
        stored = "second";
        assertThat(find(copies)).isEqualTo("second");
        assertAsked(1);
    }

    @Test
    void with_notices_a_copy_is_good_for_longer_as_long_as_they_are_up_to_date() {
        listen(copies);
        find(copies);
        clock.addAndGet(MINUTE);
        lag = SECOND;
        find(copies);
        assertAsked(1);
        lag = SECOND + 1;
        find(copies);
        assertAsked(1);
        lag = 0;
        clock.addAndGet(MINUTE + 1);
        find(copies);
        assertAsked(1);
        copies.close();
        assertThat(lag).as("nobody is told any more").isEqualTo(Long.MAX_VALUE);
        clock.addAndGet(SECOND + 1);
        find(copies);
        assertAsked(1);
    }

    @Test
    void what_is_told_ends_the_copies_that_it_concerns() {
        listen(copies);
        clock.addAndGet(1);
        find(copies);
        clock.addAndGet(1);
        ChangeNotices.Listener told = Objects.requireNonNull(listener);
        told.changed("other");
        find(copies);
        assertAsked(1);
        for (Runnable change : List.<Runnable>of(
                () -> told.changed("first"),
                () -> copies.changed("group"),
                told::anythingMayHaveChanged,
                copies::allChanged)) {
            change.run();
            clock.addAndGet(1);
            find(copies);
            find(copies);
            assertAsked(1);
        }
    }

    /** The answer may be older than the change. */
    @Test
    void an_answer_that_was_on_its_way_while_something_changed_is_not_used_again() {
        copies.find("key", key -> {
            clock.addAndGet(1);
            copies.changed("first");
            clock.addAndGet(1);
            return "first";
        });
        stored = "second";
        assertThat(find(copies)).isEqualTo("second");
    }

    @Test
    void however_many_changes_are_told_none_is_forgotten() {
        clock.addAndGet(1);
        find(copies);
        clock.addAndGet(1);
        copies.changed("first");
        for (int i = 0; i < 25_000; i++) {
            copies.changed("other " + i);
        }
        clock.addAndGet(1);
        find(copies);
        assertAsked(2);
    }

    @Test
    void that_there_is_nothing_is_not_remembered() {
        stored = null;
        assertThat(find(copies)).isNull();
        assertThat(find(copies)).isNull();
        assertAsked(2);
    }

    @Test
    void without_the_store_a_copy_is_good_no_longer_unless_that_is_set() {
        find(copies);
        away = true;
        clock.addAndGet(SECOND + 1);
        assertThatThrownBy(() -> find(copies)).isInstanceOf(AuthUnavailableException.class);
    }

    @Test
    void without_the_store_a_copy_is_good_up_to_the_staleness_unless_it_changed() {
        NearCopies<String, String> patient = copies(Duration.ofMinutes(5));
        clock.addAndGet(1);
        find(patient);
        away = true;
        clock.addAndGet(5 * MINUTE);
        assertThat(find(patient)).isEqualTo("first");
        clock.addAndGet(1);
        assertThatThrownBy(() -> find(patient)).isInstanceOf(AuthUnavailableException.class);
        away = false;
        find(patient);
        away = true;
        clock.addAndGet(MINUTE);
        patient.changed("first");
        assertThatThrownBy(() -> find(patient)).isInstanceOf(AuthUnavailableException.class);
    }

    /** Or who was deleted would come back with the next outage. */
    @Test
    void what_is_known_to_be_gone_does_not_come_back_when_the_store_is_away() {
        NearCopies<String, String> patient = copies(Duration.ofMinutes(5));
        assertThat(find(patient)).isEqualTo("first");
        clock.addAndGet(SECOND + 1);
        stored = null;
        assertThat(find(patient)).isNull();
        away = true;
        assertThatThrownBy(() -> find(patient)).isInstanceOf(AuthUnavailableException.class);
    }

    /** A store that hangs is not asked by every request. */
    @Test
    void without_the_store_it_is_tried_again_a_second_later() {
        NearCopies<String, String> patient = copies(Duration.ofMinutes(5));
        find(patient);
        away = true;
        clock.addAndGet(2 * SECOND);
        for (int i = 0; i < 5; i++) {
            assertThat(find(patient)).isEqualTo("first");
        }
        assertAsked(2);
        away = false;
        stored = "second";
        clock.addAndGet(SECOND - 1);
        assertThat(find(patient)).isEqualTo("first");
        clock.addAndGet(1);
        assertThat(find(patient)).isEqualTo("second");
    }

    private NearCopies<String, String> remembering(int most, int perSecond) {
        return new NearCopies<>(
                new NearCopies.Terms(
                        Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ZERO, 4),
                new NearCopies.UnknownTerms(
                        Duration.ofSeconds(1), most, perSecond, Reason.SIGNING_KEY_STORE_UNAVAILABLE),
                List::of,
                clock::get);
    }

    private @Nullable String findNone(NearCopies<String, String> here, String key) {
        return here.find(key, name -> {
            asked.add(name);
            return null;
        });
    }

    @Test
    void that_there_is_nothing_can_be_remembered_for_a_time_however_up_to_date_notices_are() {
        NearCopies<String, String> remembering = remembering(10, 10);
        listen(remembering);
        assertThat(findNone(remembering, "key")).isNull();
        clock.addAndGet(SECOND);
        assertThat(find(remembering)).isNull();
        assertAsked(1);
        clock.addAndGet(1);
        assertThat(find(remembering)).isEqualTo("first");
    }

    @Test
    void what_appears_is_found_at_once_also_when_the_answer_was_on_its_way() {
        NearCopies<String, String> remembering = remembering(10, 10);
        findNone(remembering, "key");
        clock.addAndGet(1);
        remembering.appeared("key");
        clock.addAndGet(1);
        assertThat(find(remembering)).isEqualTo("first");
        remembering.find("other", key -> {
            clock.addAndGet(1);
            remembering.appeared("other");
            clock.addAndGet(1);
            return null;
        });
        assertThat(remembering.find("other", key -> "there")).isEqualTo("there");
    }

    @Test
    void a_flood_of_what_is_not_there_drives_nothing_out_and_is_asked_for_at_a_limited_rate() {
        NearCopies<String, String> remembering = remembering(3, 10);
        listen(remembering);
        find(remembering);
        int refused = 0;
        for (int second = 0; second < 5; second++) {
            for (int i = 0; i < 100; i++) {
                try {
                    findNone(remembering, "none " + second + " " + i);
                } catch (AuthUnavailableException e) {
                    assertThat(e.reason()).isEqualTo(Reason.SIGNING_KEY_STORE_UNAVAILABLE);
                    refused++;
                }
                assertThat(find(remembering)).isEqualTo("first");
            }
            clock.addAndGet(SECOND);
        }
        assertThat(asked).hasSize(1 + 5 * 10);
        assertThat(refused).isEqualTo(5 * 90);
    }

    /** What there is costs nothing of the rate. */
    @Test
    void what_is_there_is_found_for_the_first_time_at_any_rate() {
        NearCopies<String, String> remembering = remembering(3, 1);
        for (int i = 0; i < 100; i++) {
            assertThat(remembering.find("key " + i, key -> key)).isEqualTo("key " + i);
        }
        findNone(remembering, "none");
        assertThatThrownBy(() -> remembering.find("another", key -> key)).isInstanceOf(AuthUnavailableException.class);
        clock.addAndGet(SECOND);
        assertThat(remembering.find("another", key -> key)).isEqualTo("another");
    }

    @Test
    void terms_that_contradict_each_other_are_refused() {
        Duration second = Duration.ofSeconds(1);
        assertThat(new NearCopies.Terms(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 1))
                .isNotNull();
        assertThat(new NearCopies.UnknownTerms(Duration.ZERO, 1, 1_000_000, Reason.INVALID_REQUEST_SIGNATURE))
                .isNotNull();
        for (Runnable wrong : List.<Runnable>of(
                () -> new NearCopies.Terms(second.negated(), second, second, second, 1),
                () -> new NearCopies.Terms(second, second.minusNanos(1), second, second, 1),
                () -> new NearCopies.Terms(second, second, second.negated(), second, 1),
                () -> new NearCopies.Terms(second, second, second, second.negated(), 1),
                () -> new NearCopies.Terms(second, second, second, second, 0),
                () -> new NearCopies.UnknownTerms(second.negated(), 1, 1, Reason.INVALID_REQUEST_SIGNATURE),
                () -> new NearCopies.UnknownTerms(second, 0, 1, Reason.INVALID_REQUEST_SIGNATURE),
                () -> new NearCopies.UnknownTerms(second, 1, 0, Reason.INVALID_REQUEST_SIGNATURE),
                () -> new NearCopies.UnknownTerms(second, 1, 1_000_001, Reason.INVALID_REQUEST_SIGNATURE))) {
            assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private final List<Runnable> background = new ArrayList<>();

    private NearCopies<String, String> copiesAskedAhead(Executor executor) {
        return copiesAskedAhead(executor, Duration.ZERO);
    }

    private NearCopies<String, String> copiesAskedAhead(Executor executor, Duration staleness) {
        return new NearCopies<>(
                new NearCopies.Terms(
                        Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofSeconds(1), staleness, 100),
                null,
                value -> List.of(value),
                clock::get,
                executor);
    }

    private void runBackground() {
        assertThat(background).hasSize(1);
        background.remove(0).run();
    }

    @Test
    void what_is_in_use_is_asked_for_before_its_time_is_over_and_no_request_waits() {
        NearCopies<String, String> ahead = copiesAskedAhead(background::add);
        find(ahead);
        clock.addAndGet(SECOND / 4 * 3);
        find(ahead);
        assertThat(background).isEmpty();
        clock.addAndGet(1);
        stored = "second";
        assertThat(find(ahead)).isEqualTo("first");
        assertThat(find(ahead)).as("it is asked for once").isEqualTo("first");
        assertAsked(1);
        runBackground();
        assertAsked(1);
        clock.addAndGet(SECOND / 4 * 3);
        assertThat(find(ahead)).isEqualTo("second");
        assertAsked(0);
        assertThat(background).isEmpty();
    }

    @Test
    void with_notices_it_is_asked_for_by_their_time() {
        NearCopies<String, String> ahead = copiesAskedAhead(background::add);
        listen(ahead);
        find(ahead);
        clock.addAndGet(MINUTE / 4 * 3);
        find(ahead);
        assertThat(background).isEmpty();
        clock.addAndGet(1);
        find(ahead);
        runBackground();
        assertAsked(2);
    }

    @Test
    void what_is_gone_is_let_go_of() {
        NearCopies<String, String> ahead = copiesAskedAhead(background::add);
        find(ahead);
        clock.addAndGet(SECOND - 1);
        find(ahead);
        stored = null;
        runBackground();
        assertThat(find(ahead)).isNull();
    }

    /** What the answer would be is not known: a copy is good for as long as it was, and then a request asks. */
    @Test
    void a_store_that_cannot_be_asked_ahead_of_time_ends_no_copy_and_holds_none_up() {
        NearCopies<String, String> ahead = copiesAskedAhead(background::add);
        find(ahead);
        clock.addAndGet(SECOND - 1);
        find(ahead);
        away = true;
        runBackground();
        assertThat(find(ahead)).isEqualTo("first");
        assertThat(background).isEmpty();
        clock.addAndGet(2);
        assertThatThrownBy(() -> find(ahead)).isInstanceOf(AuthUnavailableException.class);
        away = false;
        stored = "second";
        assertThat(find(ahead)).isEqualTo("second");
    }

    @Test
    void a_change_while_it_is_asked_for_ahead_of_time_is_not_lost() {
        NearCopies<String, String> ahead = copiesAskedAhead(background::add);
        find(ahead);
        clock.addAndGet(SECOND - 1);
        ahead.find("key", key -> {
            ahead.changed("first");
            return "first";
        });
        runBackground();
        stored = "second";
        assertThat(find(ahead)).isEqualTo("second");
    }

    /** Or who was deleted would come back with the next outage. */
    @Test
    void what_a_request_heard_is_gone_does_not_come_back_by_an_answer_that_comes_late() {
        NearCopies<String, String> ahead = copiesAskedAhead(background::add, Duration.ofMinutes(5));
        find(ahead);
        clock.addAndGet(SECOND - 1);
        ahead.find("key", key -> {
            clock.addAndGet(2);
            stored = null;
            assertThat(find(ahead)).isNull();
            return "first";
        });
        runBackground();
        away = true;
        assertThatThrownBy(() -> find(ahead)).isInstanceOf(AuthUnavailableException.class);
    }

    @Test
    void what_was_asked_for_later_is_not_replaced_by_an_answer_that_comes_late() {
        for (long later : List.of(1L, 0L)) {
            NearCopies<String, String> ahead = copiesAskedAhead(background::add, Duration.ofMinutes(5));
            stored = "first";
            find(ahead);
            clock.addAndGet(SECOND - 1);
            ahead.find("key", key -> {
                clock.addAndGet(later);
                ahead.changed("key");
                stored = "second";
                assertThat(find(ahead)).isEqualTo("second");
                return "first";
            });
            runBackground();
            asked.clear();
            assertThat(find(ahead)).isEqualTo("second");
            assertAsked(0);
        }
    }

    @Test
    void what_was_asked_for_sooner_is_replaced_by_a_later_answer() {
        NearCopies<String, String> ahead = copiesAskedAhead(background::add);
        find(ahead);
        clock.addAndGet(SECOND + 2);
        ahead.find("key", key -> {
            clock.addAndGet(-1);
            stored = "sooner";
            assertThat(find(ahead)).isEqualTo("sooner");
            clock.addAndGet(1);
            return "later";
        });
        asked.clear();
        assertThat(find(ahead)).isEqualTo("later");
        assertAsked(0);
    }

    @Test
    void few_are_asked_for_at_once_and_the_others_when_it_is_time() {
        NearCopies<String, String> ahead = copiesAskedAhead(background::add);
        List<String> keys = List.of("a", "b", "c", "d", "e");
        keys.forEach(key -> ahead.find(key, any -> "value of " + any));
        clock.addAndGet(SECOND - 1);
        keys.forEach(key -> ahead.find(key, any -> "value of " + any));
        assertThat(background).hasSize(4);
        background.forEach(Runnable::run);
        background.clear();
        ahead.find("e", any -> "value of " + any);
        assertThat(background).hasSize(1);
    }

    @Test
    void without_a_thread_a_request_asks_when_it_is_time() {
        AtomicInteger refused = new AtomicInteger();
        NearCopies<String, String> ahead = copiesAskedAhead(task -> {
            refused.incrementAndGet();
            throw new RejectedExecutionException();
        });
        for (int i = 0; i < 6; i++) {
            find(ahead);
            clock.addAndGet(SECOND - 1);
            assertThat(find(ahead)).isEqualTo("first");
            clock.addAndGet(2);
        }
        assertThat(refused).as("none of them counts as under way").hasValue(6);
        find(ahead);
        assertAsked(7);
    }

    @Test
    void whoever_has_asked_holds_nobody_up() {
        NearCopies<String, String> shared = copiesAskedAhead(background::add);
        find(shared);
        CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> shared.find("other", key -> "second"));
        assertThat(other).succeedsWithin(Duration.ofMinutes(1)).isEqualTo("second");
    }

    /** By the system's clock; on a busy machine a request may be first for a while. */
    @Test
    void a_thread_of_its_own_asks_ahead_of_time() throws InterruptedException {
        Set<Thread> askers = ConcurrentHashMap.newKeySet();
        Duration lifetime = Duration.ofMillis(200);
        try (NearCopies<String, String> own = new NearCopies<>(
                new NearCopies.Terms(lifetime, lifetime, lifetime, Duration.ZERO, 100),
                value -> List.of(value),
                null)) {
            long giveUp = System.nanoTime() + MINUTE;
            while (askers.size() < 2) {
                assertThat(System.nanoTime() - giveUp).isNegative();
                own.find("key", key -> {
                    askers.add(Thread.currentThread());
                    return "value";
                });
                Thread.sleep(1);
            }
            assertThat(askers)
                    .contains(Thread.currentThread())
                    .anyMatch(asker -> asker.isDaemon() && asker.getName().equals("portcullis-copies"));
        }
    }
}
