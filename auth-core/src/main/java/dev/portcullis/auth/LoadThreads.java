package dev.portcullis.auth;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that ask a store. They end soon after their last question, and inherit nothing from a request. */
public final class LoadThreads implements Executor, AutoCloseable {

    private static final int IDLE_SECONDS = 5;

    private final ThreadPoolExecutor threads;

    /**
     * Threads that are begun when there is something to ask.
     *
     * @param name what each is called
     */
    public LoadThreads(String name) {
        threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> thread(name, task));
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(LoadThreads.class.getClassLoader());
        return thread;
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** What is under way goes on; nothing new begins. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
