package dev.portcullis.auth.apikey;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves keys to the current pepper when they are used: off the request's path, in a thread that ends when there is nothing
 * to do. A key is tried once a minute; what fails, or finds no room, is tried again when the key is used after that.
 */
final class Rehasher {

    private static final Logger LOG = LoggerFactory.getLogger(Rehasher.class);

    /** In milliseconds. */
    private static final long INTERVAL = 60_000;

    private static final int MOST_WAITING = 10_000;
    private static final int IDLE_SECONDS = 5;

    private final APIKeyStore store;
    private final KeyHashing hashing;
    private final InstantSource clock;
    private final Executor background;
    private final RecentNotes tried = new RecentNotes();
    private volatile boolean failing;

    Rehasher(APIKeyStore store, KeyHashing hashing, InstantSource clock, Executor background) {
        this.store = store;
        this.hashing = hashing;
        this.clock = clock;
        this.background = background;
    }

    /** A thread that ends soon after its last task. What finds no room is dropped, and all that waits when it is closed. */
    static ExecutorService thread() {
        ThreadPoolExecutor thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                task -> {
                    Thread made = new Thread(null, task, "portcullis-rehash", 0, false);
                    made.setDaemon(true);
                    made.setContextClassLoader(Rehasher.class.getClassLoader());
                    return made;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }

    /** Has a key moved that was just let in, and stands on something older than the current pepper. */
    void used(APIKey key, SecretText plaintext) {
        long now = clock.millis();
        if (!tried.hasOneAfter(now - INTERVAL, key)) {
            tried.add(key, now);
            SHA256 hash = hashing.hash(plaintext);
            background.execute(() -> rehash(key, hash));
        }
    }

    private void rehash(APIKey key, SHA256 hash) {
        try {
            store.rehash(key.id(), hash, hashing.version());
            failing = false;
        } catch (Throwable e) { // also a checked exception, as other languages let a store throw
            if (!failing) {
                LOG.warn("API keys cannot be moved to the current pepper for now; it is tried again", e);
            }
            failing = true;
        }
    }
}
