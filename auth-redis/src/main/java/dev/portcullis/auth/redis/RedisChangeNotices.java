package dev.portcullis.auth.redis;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.apikey.APIKeyStore;
import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of changes that any node makes, by Redis's publish and subscribe: the stores of {@link RedisServer} tell of every
 * change in the script that makes it.
 *
 * <p>Redis sends what was told, and the answer to a question, in order on one connection. So it is asked ten times a
 * second, and each answer proves that nothing told before the question is unknown here. When the connection is cut, with
 * or without a word, subscriptions fall behind until there is another one; then every listener is told that anything may
 * have changed.
 */
public final class RedisChangeNotices implements ChangeNotices, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisChangeNotices.class);

    private static final long INTERVAL_MILLIS = 100;
    private static final long SHORTEST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final Opener opener;
    private final Line line;
    private final Names names;
    private final Duration timeout;
    private final TellOnce hearing = new TellOnce(LOG, "Changes are not heard of", "Changes are heard of");
    private final List<NoticeSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Set<String> untold = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    RedisChangeNotices(Opener opener, Line line, Names names, Duration timeout) {
        this.opener = opener;
        this.line = line;
        this.names = names;
        this.timeout = timeout.multipliedBy(2);
        this.thread = new Thread(this::run, "portcullis-redis-notices");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public Subscription subscribe(String topic, Listener listener) {
        NoticeSubscription added = new NoticeSubscription(
                Notice.checkedTopic(topic), Objects.requireNonNull(listener), subscriptions::remove);
        subscriptions.add(added);
        return added;
    }

    /**
     * Tells all nodes that one thing was changed, for stores that do not tell it themselves. Tell it after the change.
     *
     * @param topic what kind of thing
     * @param id its identifier
     * @throws IllegalArgumentException if that is no topic
     * @throws dev.portcullis.auth.AuthUnavailableException if it could not be told: other nodes hear nothing of it
     */
    public void tell(String topic, String id) {
        publish(Notice.of(Notice.checkedTopic(topic), id));
    }

    /**
     * Tells all nodes that any thing of a kind may have changed.
     *
     * @param topic what kind of thing
     * @throws IllegalArgumentException if that is no topic
     * @throws dev.portcullis.auth.AuthUnavailableException if it could not be told
     */
    public void tellAny(String topic) {
        publish(Notice.checkedTopic(topic));
    }

    /**
     * Has the changes of a store of keys told here, after each of them; for a database that tells of none itself. A change
     * is not undone because it could not be told: as soon as Redis can be asked again, all nodes are told that any key may
     * have changed. A process that is killed between a change and its notice leaves other nodes' copies as they are, for
     * the copies' lifetime; PostgreSQL's own notices do not.
     *
     * @param keys the store, to be found behind this node's copies
     * @return the same store, telling
     */
    public APIKeyStore telling(APIKeyStore keys) {
        return new TellingKeyStore(keys, this);
    }

    /** If it cannot be told now, that anything may have changed is told later. */
    void tellSurely(String topic, String id) {
        try {
            tell(topic, id);
        } catch (AuthUnavailableException e) {
            untold.add(topic);
        }
    }

    private void tellWhatIsUntold() {
        for (String topic : List.copyOf(untold)) {
            untold.remove(topic);
            tellSurely(topic, "");
        }
    }

    private void publish(String notice) {
        line.ask(Reason.API_KEY_STORE_UNAVAILABLE, redis -> redis.publish(names.changes(), notice));
    }

    private void run() {
        long pause = SHORTEST_PAUSE_MILLIS;
        while (!isClosedWithin(0)) {
            try {
                StatefulRedisPubSubConnection<String, String> connection = opener.openForNotices();
                pause = SHORTEST_PAUSE_MILLIS;
                listen(connection);
            } catch (Trouble e) {
                hearing.begun(e.kind().words());
            } catch (RuntimeException e) { // whatever goes wrong, this goes on
                hearing.begun(e.getClass().getName());
            }
            subscriptions.forEach(NoticeSubscription::disconnected);
            // Not all nodes at once.
            if (isClosedWithin(pause / 2 + ThreadLocalRandom.current().nextLong(pause))) {
                return;
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private void listen(StatefulRedisPubSubConnection<String, String> connection) throws Trouble {
        try {
            connection.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String notice) {
                    subscriptions.forEach(each -> each.tell(notice));
                }
            });
            Answers.await(connection.async().subscribe(names.changes()), timeout);
            do {
                long askedAt = System.nanoTime();
                Answers.awaitPong(connection.async().ping(), timeout);
                subscriptions.forEach(each -> each.answered(askedAt));
                hearing.over();
                tellWhatIsUntold();
            } while (!isClosedWithin(INTERVAL_MILLIS));
        } catch (RedisException e) {
            throw Answers.of(e);
        } finally {
            Opener.close(connection);
        }
    }

    private boolean isClosedWithin(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends the connection, and waits for that. Subscriptions are behind from then on. */
    @Override
    public void close() {
        closed.countDown();
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        try {
            thread.join(timeout.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many listen. */
    @Override
    public String toString() {
        return "RedisChangeNotices[" + subscriptions.size() + "]";
    }
}
