package dev.portcullis.auth.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** A few things done at the same moment. */
final class Race {

    /** How many things. */
    static final int RIVALS = 4;

    private static final int PATIENCE_SECONDS = 60;

    private Race() {}

    /** Starts tasks at once, each in a thread of its own, and gives their answers in order. */
    static <T> List<T> run(IntFunction<Callable<T>> task) {
        ExecutorService threads = Executors.newFixedThreadPool(RIVALS);
        try {
            CyclicBarrier start = new CyclicBarrier(RIVALS);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < RIVALS; i++) {
                Callable<T> each = task.apply(i);
                running.add(threads.submit(() -> {
                    start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    return each.call();
                }));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> one : running) {
                answers.add(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The test was interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("One of several calls at once failed", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
