package dev.portcullis.auth.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets bulk work end between two steps when the command is asked to stop (Ctrl-C, SIGTERM): what is stored and what is
 * written to the file then agree.
 */
final class Interrupts implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "portcullis-stop");
    private volatile boolean asked;

    private Interrupts() {}

    static Interrupts watch() {
        Interrupts interrupts = new Interrupts();
        Runtime.getRuntime().addShutdownHook(interrupts.hook);
        return interrupts;
    }

    private void stop() {
        asked = true;
        try {
            if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether to end after this step. */
    boolean isAsked() {
        return asked;
    }

    /** The work is at its end. */
    @Override
    public void close() {
        over.countDown();
        if (!asked) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                asked = true; // it is being stopped this very moment
            }
        }
    }
}
