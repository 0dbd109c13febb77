package dev.portcullis.auth.jwt;

import java.net.http.HttpResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are fetched from one URL, whatever form they are published in: what is asked for and read, and the threads
 * that do it. When that is due, {@link KeyRefresh} knows.
 *
 * @param <S> a set of keys
 * @param <K> a key
 */
final class KeyFetching<S extends NamedKeys<K>, K> implements AutoCloseable {

    private static final int IDLE_SECONDS = 5;

    private final ExecutorService threads;
    private final KeyRefresh<S, K> refresh;

    /**
     * Reads a document.
     *
     * @param <S> a set of keys
     */
    @FunctionalInterface
    interface Reader<S> {

        /**
         * Reads it.
         *
         * @param previous the set before, which is given back if nothing has changed; or null
         * @throws FetchFailedException if it holds no usable keys
         */
        S read(byte[] document, @Nullable S previous) throws FetchFailedException;
    }

    KeyFetching(String host, String accepted, FetchSettings settings, Reader<S> reader) {
        threads = threads(host);
        DocumentFetch fetch = settings.fetch(accepted, threads);
        Freshness freshness = settings.freshness();
        KeyDownload<S> download = previous -> {
            HttpResponse<byte[]> answer = fetch.get();
            return new KeyDownload.Downloaded<>(
                    reader.read(answer.body(), previous),
                    freshness.of(answer.headers().allValues("cache-control")));
        };
        KeyRefresh.Limits limits = new KeyRefresh.Limits(
                settings.fetchTimeout.toNanos(),
                settings.unknownKeyCooldown.toNanos(),
                settings.maximumStaleness.toNanos(),
                settings.maximumWaiters);
        refresh = new KeyRefresh<>(download, threads, limits, settings.ticker);
        refresh.start();
    }

    /** Daemon threads that end soon after the last fetch; they inherit nothing from the request that caused it. */
    static ExecutorService threads(String host) {
        String name = "portcullis-keys-" + host;
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(null, task, name, 0, false);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(PublishedKeys.class.getClassLoader());
                    return thread;
                });
    }

    S current() {
        return refresh.current();
    }

    @Nullable
    K find(@Nullable String name) {
        return refresh.find(name);
    }

    KeyStatus status() {
        return refresh.status();
    }

    void onChange(Consumer<S> told) {
        refresh.onChange(told);
    }

    @Override
    public void close() {
        refresh.close();
        threads.shutdownNow();
    }
}
