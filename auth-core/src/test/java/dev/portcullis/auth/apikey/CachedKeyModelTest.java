package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.SHA256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Two nodes with caches over one store do anything in any order, and their answers are compared with the history of the
 * keys: each answer was true at some time that is not too long ago, and no earlier than the node's own last change.
 */
class CachedKeyModelTest {

    private static final Duration STALENESS = Duration.ofSeconds(30);

    /** The longer of lifetime and lag. */
    private static final long BOUND = Duration.ofSeconds(1).toNanos();

    private static final long UNKNOWN_BOUND = Duration.ofSeconds(5).toNanos();

    private static final int KEYS = 12;

    /** What a key was from some time on. */
    private record Version(long from, @Nullable APIKey key) {}

    private static final class History {

        private final APIKey made = CacheFixture.newKey();
        private final List<Version> versions = new ArrayList<>();
        private final int[] ownChange = new int[2];

        History(long now) {
            versions.add(new Version(now, null));
        }

        @Nullable
        APIKey last() {
            return versions.get(versions.size() - 1).key;
        }

        void add(long now, @Nullable APIKey key, int node) {
            versions.add(new Version(now, key));
            ownChange[node] = versions.size() - 1;
        }

        /** Whether an answer was true within a time, and after the node's own last change. */
        boolean allows(@Nullable APIKey answer, int node, long since) {
            for (int i = ownChange[node]; i < versions.size(); i++) {
                boolean ended = i + 1 < versions.size() && versions.get(i + 1).from - since < 0;
                if (!ended && (answer == null ? versions.get(i).key == null : answer.equals(versions.get(i).key))) {
                    return true;
                }
            }
            return false;
        }
    }

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final CacheFixture given = new CacheFixture();
    private final LaggingNotices[] notices = {new LaggingNotices(given.nanos::get), new LaggingNotices(given.nanos::get)
    };
    private final CachedAPIKeyStore[] nodes = {node(notices[0]), node(notices[1])};
    private final List<History> histories = new ArrayList<>();
    private int answers;
    private int outages;

    private CachedAPIKeyStore node(LaggingNotices told) {
        return given.cache(settings -> settings.notices(told)
                .lifetimeWithNotices(Duration.ofSeconds(20))
                .maximumStaleness(STALENESS)
                .unknownLifetime(Duration.ofNanos(UNKNOWN_BOUND))
                .unknownRate(1_000_000)
                .executor(Runnable::run));
    }

    @Test
    void every_answer_was_true_not_too_long_ago() {
        for (int i = 0; i < KEYS; i++) {
            histories.add(new History(given.nanos.get()));
        }
        for (int i = 0; i < 200_000; i++) {
            step();
        }
        assertThat(answers).as("seed %d", seed).isGreaterThan(50_000);
        assertThat(outages).as("seed %d", seed).isGreaterThan(100);
        for (CachedAPIKeyStore node : nodes) {
            assertThat(node.statistics().hits()).as("seed %d", seed).isGreaterThan(5_000);
            assertThat(node.statistics().staleAnswers()).as("seed %d", seed).isPositive();
        }
    }

    private void step() {
        int node = random.nextInt(2);
        switch (random.nextInt(20)) {
            case 0 -> write(node, random.nextInt(KEYS));
            case 1, 2 -> given.passNanos(random.nextLong(BOUND / 2));
            case 3, 4, 5 -> notices[node].arrive();
            case 6 -> connection(node);
            case 7 -> storeMayFail();
            default -> find(node, random.nextInt(KEYS));
        }
    }

    private void connection(int node) {
        if (random.nextInt(4) == 0) {
            notices[node].cut();
        } else {
            notices[node].reconnect();
        }
    }

    /** After an outage each node has two seconds to find out that it is over; then what it has is as good as new. */
    private void storeMayFail() {
        if (store().down) {
            store().down = false;
            given.pass(Duration.ofSeconds(2));
            for (History history : histories) {
                for (CachedAPIKeyStore node : nodes) {
                    node.find(history.made.hash());
                }
            }
        } else {
            store().down = random.nextInt(20) == 0;
        }
    }

    private WatchedStore store() {
        return given.store;
    }

    private void write(int node, int number) {
        History history = histories.get(number);
        APIKey key = history.last();
        if (store().down) {
            return;
        }
        given.passNanos(1); // changes have times of their own
        APIKey changed = key == null ? added(node, history) : changed(nodes[node], key);
        history.add(given.nanos.get(), changed, node);
        for (LaggingNotices told : notices) {
            told.send(history.made.id().toString());
        }
    }

    private APIKey added(int node, History history) {
        nodes[node].add(history.made, AddTerms.any(), CacheFixture.note(AuditAction.ISSUE));
        return history.made;
    }

    private @Nullable APIKey changed(CachedAPIKeyStore node, APIKey key) {
        UUID id = key.id();
        AuditNote note = CacheFixture.note(AuditAction.CHANGE);
        return switch (random.nextInt(3)) {
            case 0 -> node.revoke(id, note);
            case 1 -> node.change(id, KeyChange.nothing().scopes(Set.of("scope:" + random.nextInt(1000))), note);
            default -> {
                node.delete(id, note);
                yield null;
            }
        };
    }

    private void find(int node, int number) {
        History history = histories.get(number);
        SHA256 hash = history.made.hash();
        try {
            APIKey answer = random.nextBoolean()
                    ? nodes[node].find(hash)
                    : nodes[node].findAny(List.of(CacheFixture.newHash(), hash));
            long bound = answer == null ? UNKNOWN_BOUND : BOUND;
            long since = given.nanos.get() - (store().down && answer != null ? STALENESS.toNanos() : bound);
            assertThat(history.allows(answer, node, since))
                    .as(
                            "seed %d, answer %d: node %d at %d, down %s, said %s, last changed at %d",
                            seed,
                            answers,
                            node,
                            given.nanos.get(),
                            store().down,
                            answer,
                            history.versions.get(history.versions.size() - 1).from)
                    .isTrue();
            answers++;
        } catch (AuthUnavailableException e) {
            assertThat(store().down).as("seed %d", seed).isTrue();
            outages++;
        }
    }
}
