package dev.portcullis.auth.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.AuthUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Issues and revokes keys until it is killed, and says of each what it is about to do and that it was done. */
final class KeyWriter {

    private static final int THREADS = 2;

    private final JDBCAPIKeyStore store;
    private final Consumer<String> trying;
    private final Consumer<String> answered;

    KeyWriter(JDBCAPIKeyStore store, Consumer<String> trying, Consumer<String> answered) {
        this.store = store;
        this.trying = trying;
        this.answered = answered;
    }

    /** Arguments: the URL, and the number of the first key. */
    public static void main(String[] arguments) {
        HikariDataSource pool = TestDatabase.pool(arguments[0], settings -> {});
        KeyWriter writer = new KeyWriter(
                JDBCAPIKeyStore.builder(pool).build(),
                change -> say("trying " + change),
                change -> say("did " + change));
        int first = Integer.parseInt(arguments[1]);
        writer.write(first, () -> true);
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** Writes in two threads, each with every second number. */
    void write(int first, java.util.function.BooleanSupplier goOn) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int offset = i;
            threads.add(new Thread(() -> writeEach(first + offset, goOn)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void writeEach(int first, java.util.function.BooleanSupplier goOn) {
        Random random = new Random(first);
        List<Integer> alive = new ArrayList<>();
        for (int number = first; goOn.getAsBoolean(); number += THREADS) {
            int issued = number;
            if (done("issue " + issued, () -> Ledger.issue(store, issued))) {
                alive.add(issued);
            }
            if (alive.size() > 1 && random.nextInt(3) > 0) {
                int revoked = alive.remove(/* index */ random.nextInt(alive.size()));
                done("revoke " + revoked, () -> Ledger.revoke(store, revoked));
            }
        }
    }

    private boolean done(String change, Runnable action) {
        trying.accept(change);
        try {
            action.run();
        } catch (AuthUnavailableException e) {
            return false;
        }
        answered.accept(change);
        return true;
    }
}
