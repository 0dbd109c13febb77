package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.ChangeNotices;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells of changes that any node makes in a PostgreSQL, with {@code LISTEN} and {@code NOTIFY}: the tables that
 * {@link Migrations} makes tell of every change in the transaction that makes it, also of one that was made by hand.
 *
 * <p>One connection is held for as long as this is open. It is asked ten times a second what was told, which also shows
 * whether it is whole: so far, and no further, a subscription is behind. When the connection is cut, with or without a
 * word, it falls behind until there is another connection; then every listener is told that anything may have changed. A
 * pooler in front of the database must keep sessions apart (session pooling), or nothing would ever be heard.
 */
public final class PostgreSQLChangeNotices implements ChangeNotices, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgreSQLChangeNotices.class);

    private static final String CHANNEL = "portcullis";

    private static final Pattern TOPIC = Pattern.compile("[a-z0-9-]{1,40}");

    /** Longer than a busy database takes, for a new connection costs it more than a late answer. */
    private static final int ANSWER_TIMEOUT_MILLIS = 2000;

    private static final long SHORTEST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 2000;

    private final DataSource dataSource;
    private final long intervalMillis;
    private final List<NoticeSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** Trouble is told once, until changes are heard of again. The thread's own. */
    private boolean troubleTold;

    private PostgreSQLChangeNotices(Builder settings) {
        this.dataSource = settings.dataSource;
        this.intervalMillis = settings.interval.toMillis();
        this.thread = new Thread(this::run, "portcullis-change-notices");
        this.thread.setDaemon(true);
    }

    /**
     * Starts the settings.
     *
     * @param dataSource the PostgreSQL; a pool, of which one connection is held, or a data source without one
     * @return a builder that needs nothing more
     */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    /**
     * Whether a data source leads to a PostgreSQL, which alone tells of changes.
     *
     * @param dataSource the database
     * @return whether notices can be had of it
     * @throws dev.portcullis.auth.AuthUnavailableException if the database cannot be asked
     */
    public static boolean isFor(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return Database.isPostgreSQL(connection);
        } catch (SQLException e) {
            throw Outage.of(e, Asked.API_KEYS);
        }
    }

    @Override
    public Subscription subscribe(String topic, Listener listener) {
        if (!TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException("A topic has 1 to 40 lower-case letters, digits and hyphens");
        }
        NoticeSubscription added =
                new NoticeSubscription(topic, Objects.requireNonNull(listener), subscriptions::remove);
        subscriptions.add(added);
        return added;
    }

    private void run() {
        long pause = SHORTEST_PAUSE_MILLIS;
        while (!isClosedWithin(0)) {
            ListeningConnection connection = connect();
            if (connection != null) {
                pause = SHORTEST_PAUSE_MILLIS;
                listen(connection);
            }
            // Not all nodes at once.
            if (isClosedWithin(pause / 2 + ThreadLocalRandom.current().nextLong(pause))) {
                return;
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private @Nullable ListeningConnection connect() {
        try {
            return ListeningConnection.open(dataSource, CHANNEL, ANSWER_TIMEOUT_MILLIS);
        } catch (SQLException | RuntimeException e) {
            tell("Changes are not heard of: {}", e);
            return null;
        }
    }

    private void listen(ListeningConnection connection) {
        LOG.info("Changes are heard of");
        troubleTold = false;
        try {
            do {
                long askedAt = System.nanoTime();
                List<String> notices = connection.ask();
                subscriptions.forEach(each -> each.tell(notices, askedAt));
            } while (!isClosedWithin(intervalMillis));
            connection.close();
        } catch (SQLException | RuntimeException e) {
            tell("Changes are not heard of any more: {}", e);
            connection.abandon();
        }
        subscriptions.forEach(NoticeSubscription::disconnected);
    }

    /** Whatever goes wrong, this goes on. */
    private void tell(String what, Exception trouble) {
        LOG.atLevel(troubleTold ? Level.DEBUG : Level.WARN).log(what, words(trouble));
        troubleTold = true;
    }

    private static String words(Exception trouble) {
        return trouble instanceof SQLException failed
                ? Outage.words(failed)
                : trouble.getClass().getName();
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
            thread.join(2L * ANSWER_TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many listen. */
    @Override
    public String toString() {
        return "PostgreSQLChangeNotices[" + subscriptions.size() + "]";
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {

        private static final Duration SHORTEST = Duration.ofMillis(10);
        private static final Duration LONGEST = Duration.ofSeconds(10);

        private final DataSource dataSource;
        private Duration interval = Duration.ofMillis(100);

        private Builder(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        /**
         * Sets how long to wait between two questions, and with it how late a change may be told.
         *
         * @param interval 100 milliseconds unless given; from 10 milliseconds to 10 seconds
         * @return this builder
         */
        public Builder interval(Duration interval) {
            this.interval = interval;
            return this;
        }

        /**
         * Starts to listen, in a thread of its own. A database that cannot be reached is no reason to fail: it is tried
         * again and again.
         *
         * @return notices, to be closed before the data source is
         * @throws IllegalArgumentException if the interval is out of range
         */
        public PostgreSQLChangeNotices build() {
            if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("interval must be from 10 ms to 10 s, not " + interval);
            }
            PostgreSQLChangeNotices notices = new PostgreSQLChangeNotices(this);
            notices.thread.start();
            return notices;
        }
    }
}
