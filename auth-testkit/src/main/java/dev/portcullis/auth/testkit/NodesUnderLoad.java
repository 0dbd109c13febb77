package dev.portcullis.auth.testkit;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.apikey.KeyRefusal;
import dev.portcullis.auth.apikey.KeyRefusedException;
import dev.portcullis.auth.apikey.KeyRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Several nodes that share keys, under load: requests with the same few keys come to all of them all the time, while the
 * keys' scopes are changed, all nodes rotate a key at once, and it is revoked and deleted. Every answer is compared with
 * what was done and when: on the node that made a change, and after the bound on every other, the state before must not
 * show any more, and nothing may show that was not done. A key that cannot be checked for the moment is counted, and never
 * wrong.
 *
 * <p>A node is an {@link APIKeyStore} as one process has it, such as a
 * {@link dev.portcullis.auth.apikey.CachedAPIKeyStore} over a connection of its own. With many keys it must be allowed to
 * ask for as many unknown ones, for all are deleted in the end.
 */
public final class NodesUnderLoad {

    private static final String OWNER = "account-";
    private static final int SCOPE_CHANGES = 4;

    /** How many keys are in use at once. */
    private static final int IN_USE = 8;

    private static final int MOST_TOLD = 20;

    private final List<? extends APIKeyStore> nodes;
    private final Builder settings;
    private final List<APIKeys> keys = new ArrayList<>();
    private final List<KeyUnderLoad> inUse = new CopyOnWriteArrayList<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final LongAdder answers = new LongAdder();
    private final LongAdder unavailable = new LongAdder();
    private final LongAdder changes = new LongAdder();
    private final AtomicLong longest = new AtomicLong();
    private volatile boolean over;

    private NodesUnderLoad(Builder settings) {
        this.settings = settings;
        this.nodes = settings.nodes;
        nodes.forEach(node -> keys.add(APIKeys.builder().store(node).build()));
    }

    /**
     * Starts the settings.
     *
     * @param nodes each node's own view of the same keys; at least two
     * @return the settings, all at their defaults
     */
    public static Builder of(List<? extends APIKeyStore> nodes) {
        return new Builder(nodes);
    }

    private LoadReport run() {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> users = new ArrayList<>();
            for (int node = 0; node < nodes.size(); node++) {
                for (int i = 0; i < settings.usersPerNode; i++) {
                    int at = node;
                    users.add(threads.submit(() -> use(at)));
                }
            }
            for (int number = 0; number < settings.keys; number++) {
                live(number, threads);
            }
            settle();
            over = true;
            for (Future<?> user : users) {
                user.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The load was interrupted", e);
        } catch (ExecutionException e) {
            throw new AssertionError("A node threw something else than an outage", e.getCause());
        } finally {
            over = true;
            threads.shutdownNow();
        }
        return new LoadReport(
                answers.sum(), unavailable.sum(), changes.sum(), Duration.ofNanos(longest.get()), List.copyOf(wrong));
    }

    /** After the last change the requests go on for the bound, and a little longer. */
    private void settle() {
        LockSupport.parkNanos(settings.bound.plusMillis(50).toNanos());
    }

    private void use(int node) {
        try (APIKeyAuthentication method =
                APIKeyAuthentication.builder().store(nodes.get(node)).build()) {
            while (!over) {
                int size = inUse.size();
                if (size > 0) {
                    ask(method, node, inUse.get(ThreadLocalRandom.current().nextInt(Math.min(size, IN_USE))));
                }
            }
        }
    }

    private void ask(APIKeyAuthentication method, int node, KeyUnderLoad key) {
        long askedAt = System.nanoTime();
        try {
            Outcome outcome = method.authenticate(key.request());
            String fault = key.faultOf(outcome, node, askedAt, settings.bound.toNanos());
            if (fault != null) {
                tell("Node " + node + ": " + fault);
            }
            longest.accumulateAndGet(key.delayOf(outcome, node, askedAt), Math::max);
        } catch (AuthUnavailableException e) {
            unavailable.increment();
        }
        answers.increment();
    }

    private void tell(String fault) {
        if (wrong.size() < MOST_TOLD) {
            wrong.add(fault);
        }
    }

    private void pause() {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(settings.pause.toNanos() + 1));
    }

    /** One key's life: issued, changed, rotated, revoked, deleted. */
    private void live(int number, ExecutorService threads) throws InterruptedException, ExecutionException {
        int node = number % nodes.size();
        IssuedAPIKey issued = keys.get(node)
                .ofAccount(OWNER + number, Actor.APPLICATION)
                .issue(KeyRequest.named("key").scopes(Set.of(KeyUnderLoad.scope(0))));
        KeyUnderLoad key = new KeyUnderLoad(issued);
        put(key);
        for (int i = 1; i <= SCOPE_CHANGES; i++) {
            pause();
            changeScopes(key, number, i, (node + i) % nodes.size());
        }
        pause();
        IssuedAPIKey next = rotate(key, number, number % 2 == 0, threads);
        pause();
        revoke(key, (node + 1) % nodes.size());
        settings.meanwhile.run();
        if (next != null) {
            KeyUnderLoad successor = new KeyUnderLoad(next);
            put(successor);
            pause();
            revoke(successor, node);
            pause();
            delete(successor, (node + 1) % nodes.size());
        }
        delete(key, node);
    }

    /** The newest come first; the oldest go. */
    private void put(KeyUnderLoad key) {
        inUse.add(0, key);
        if (inUse.size() > IN_USE) {
            inUse.remove(IN_USE);
        }
    }

    private void changeScopes(KeyUnderLoad key, int number, int scopes, int node) {
        KeyUnderLoad.Change change = key.begin(KeyUnderLoad.Kind.SCOPES, scopes, node);
        KeyChange wanted = KeyChange.nothing().scopes(Set.of(KeyUnderLoad.scope(scopes)));
        done(
                change,
                () -> keys.get(node)
                        .ofAccount(OWNER + number, Actor.APPLICATION)
                        .change(key.id(), wanted));
    }

    private void revoke(KeyUnderLoad key, int node) {
        KeyUnderLoad.Change change = key.begin(KeyUnderLoad.Kind.REVOKED, 0, node);
        done(change, () -> keys.get(node).revoke(key.id()));
    }

    private void delete(KeyUnderLoad key, int node) {
        KeyUnderLoad.Change change = key.begin(KeyUnderLoad.Kind.DELETED, 0, node);
        done(change, () -> keys.get(node).delete(key.id()));
    }

    private void done(KeyUnderLoad.Change change, Runnable write) {
        write.run();
        change.done();
        changes.increment();
    }

    /** All nodes rotate it at once, and exactly one of them does. */
    private @Nullable IssuedAPIKey rotate(KeyUnderLoad key, int number, boolean atOnce, ExecutorService threads)
            throws InterruptedException, ExecutionException {
        List<Future<@Nullable IssuedAPIKey>> rivals = new ArrayList<>();
        for (int node = 0; node < nodes.size(); node++) {
            int at = node;
            rivals.add(threads.submit((Callable<@Nullable IssuedAPIKey>) () -> rotateAt(at, key, number, atOnce)));
        }
        IssuedAPIKey successor = null;
        for (Future<@Nullable IssuedAPIKey> rival : rivals) {
            IssuedAPIKey made = rival.get();
            if (made != null && successor != null) {
                tell("A key has two successors");
            }
            successor = made == null ? successor : made;
        }
        if (successor == null) {
            tell("A key could not be rotated");
        }
        return successor;
    }

    private @Nullable IssuedAPIKey rotateAt(int node, KeyUnderLoad key, int number, boolean atOnce) {
        KeyUnderLoad.Change change = atOnce ? key.begin(KeyUnderLoad.Kind.ROTATED, 0, node) : null;
        try {
            IssuedAPIKey successor = keys.get(node)
                    .ofAccount(OWNER + number, Actor.APPLICATION)
                    .rotate(key.id(), atOnce ? Duration.ZERO : Duration.ofHours(1), null);
            if (change != null) {
                change.done();
            }
            changes.increment();
            return successor;
        } catch (KeyRefusedException e) {
            if (e.refusal() != KeyRefusal.ALREADY_ROTATED && e.refusal() != KeyRefusal.NOT_ACTIVE) {
                tell("Rotating was refused: " + e.refusal());
            }
            return null;
        }
    }

    /** Settings for {@link NodesUnderLoad}. Not safe for use by several threads. */
    public static final class Builder {

        private final List<? extends APIKeyStore> nodes;
        private Duration bound = Duration.ofSeconds(1);
        private Duration pause = Duration.ofMillis(2);
        private int usersPerNode = 2;
        private int keys = 100;
        private Runnable meanwhile = () -> {};

        private Builder(List<? extends APIKeyStore> nodes) {
            this.nodes = List.copyOf(nodes);
        }

        /**
         * After which time a change is in force on the other nodes.
         *
         * @param time 1 second unless set
         * @return these settings
         */
        public Builder bound(Duration time) {
            bound = time;
            return this;
        }

        /**
         * How long is waited between two changes, at most; the time is random.
         *
         * @param most 2 milliseconds unless set
         * @return these settings
         */
        public Builder pause(Duration most) {
            pause = most;
            return this;
        }

        /**
         * How many threads send requests to each node.
         *
         * @param users 2 unless set
         * @return these settings
         */
        public Builder usersPerNode(int users) {
            usersPerNode = users;
            return this;
        }

        /**
         * How many keys live and die, one after the other.
         *
         * @param number 100 unless set
         * @return these settings
         */
        public Builder keys(int number) {
            keys = number;
            return this;
        }

        /**
         * What else happens, once in each key's life, after it was revoked: a connection is cut, for instance.
         *
         * @param disturbance nothing unless set
         * @return these settings
         */
        public Builder meanwhile(Runnable disturbance) {
            meanwhile = disturbance;
            return this;
        }

        /**
         * Runs the load, and takes as long as that takes. Changes that a node cannot make, because its store is away, end
         * it with that exception.
         *
         * @return what was seen
         */
        public LoadReport run() {
            if (nodes.size() < 2) {
                throw new IllegalArgumentException("It takes at least two nodes");
            }
            return new NodesUnderLoad(this).run();
        }
    }
}
