package dev.portcullis.auth.redis;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection for commands. A thread of its own looks after it: whether Redis answers, and that there is another
 * connection when it does not. So whoever asks never waits for a connection, and no longer than for one answer.
 */
final class Line implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisServer.class);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final long BETWEEN_LOOKS_MILLIS = 200;
    private static final long SHORTEST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final Opener opener;
    private final Duration timeout;
    private final TellOnce connecting = new TellOnce(LOG, "Redis cannot be asked", "Redis can be asked");
    private final TellOnce writing = new TellOnce(LOG, "Redis takes no changes", "Redis takes changes");
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch tried = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable StatefulRedisConnection<String, String> connection;
    private volatile boolean unfit;

    Line(Opener opener, Duration timeout) {
        this.opener = opener;
        this.timeout = timeout;
        this.thread = new Thread(this::run, "portcullis-redis");
        this.thread.setDaemon(true);
    }

    /** Waits for the first attempt to connect, whatever comes of it. */
    void start() {
        thread.start();
        try {
            tried.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isWhole() {
        StatefulRedisConnection<String, String> current = connection;
        return current != null && current.isOpen();
    }

    /** Asks once, and waits for the answer. */
    <T extends @Nullable Object> T ask(
            Reason reason, Function<RedisAsyncCommands<String, String>, RedisFuture<T>> question) {
        try {
            return ask(question);
        } catch (Trouble e) {
            throw unavailable(reason, e);
        }
    }

    /** Runs a script, which happens whole or not at all. What it answers is of its type: a number, or a list. */
    Object run(Reason reason, Script script, ScriptOutputType type, String[] names, String... values) {
        return change(reason, () -> runOnce(script, type, names, values));
    }

    /** Sends a command that changes something. */
    <T extends @Nullable Object> T change(
            Reason reason, Function<RedisAsyncCommands<String, String>, RedisFuture<T>> command) {
        return change(reason, () -> ask(command));
    }

    private <T extends @Nullable Object> T change(Reason reason, Change<T> change) {
        try {
            T answer = change.make();
            writing.over();
            return answer;
        } catch (Trouble e) {
            if (e.kind().isAnswer()) {
                writing.begun(e.kind().words());
            }
            throw unavailable(reason, e);
        }
    }

    @FunctionalInterface
    private interface Change<T extends @Nullable Object> {

        T make() throws Trouble;
    }

    private Object runOnce(Script script, ScriptOutputType type, String[] names, String... values) throws Trouble {
        try {
            return ask(redis -> redis.<Object>evalsha(script.digest(), type, names, values));
        } catch (Trouble e) {
            if (e.kind() != Trouble.Kind.NO_SCRIPT) {
                throw e;
            }
            return ask(redis -> redis.<Object>eval(script.text(), type, names, values));
        }
    }

    static AuthUnavailableException unavailable(Reason reason, Trouble trouble) {
        return trouble.kind() == Trouble.Kind.NO_CONNECTION
                ? new AuthUnavailableException(reason, RETRY_AFTER)
                : new AuthUnavailableException(reason, RETRY_AFTER, trouble);
    }

    private <T extends @Nullable Object> T ask(Function<RedisAsyncCommands<String, String>, RedisFuture<T>> question)
            throws Trouble {
        StatefulRedisConnection<String, String> current = connection;
        if (current == null || !current.isOpen()) {
            throw new Trouble(Trouble.Kind.NO_CONNECTION);
        }
        try {
            return Answers.await(question.apply(current.async()), timeout);
        } catch (RedisException e) {
            throw Answers.of(e);
        } catch (Trouble e) {
            unfit |= e.kind().isOfThisServer();
            throw e;
        }
    }

    private void run() {
        long pause = SHORTEST_PAUSE_MILLIS;
        boolean whole = true;
        while (!isClosedWithin(whole ? BETWEEN_LOOKS_MILLIS : pause / 2 + random(pause))) {
            whole = look();
            tried.countDown();
            pause = whole ? SHORTEST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
        drop(connection);
    }

    /** Not all nodes at once. */
    private static long random(long millis) {
        return ThreadLocalRandom.current().nextLong(millis);
    }

    private boolean look() {
        StatefulRedisConnection<String, String> before = connection;
        try {
            if (before != null && !unfit) {
                Answers.awaitPong(before.async().ping(), timeout.multipliedBy(2));
                return true;
            }
            unfit = false;
            StatefulRedisConnection<String, String> next = opener.open();
            connection = next;
            close(before);
            connecting.over();
            Eviction.check(next, timeout);
            return true;
        } catch (Trouble e) {
            lost(e.kind());
        } catch (RuntimeException e) { // whatever goes wrong, this goes on
            lost(Answers.of(e).kind());
        }
        drop(before);
        return false;
    }

    private void lost(Trouble.Kind kind) {
        if (closed.getCount() == 0) {
            return;
        }
        if (kind.isOfSettings()) {
            connecting.turnedOut(kind.words());
        } else {
            connecting.begun(kind.words());
        }
    }

    private void drop(@Nullable StatefulRedisConnection<String, String> one) {
        connection = null;
        close(one);
    }

    private static void close(@Nullable StatefulRedisConnection<String, String> one) {
        if (one != null) {
            Opener.close(one);
        }
    }

    private boolean isClosedWithin(long millis) {
        try {
            return closed.await(tried.getCount() > 0 ? 0 : millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(timeout.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
