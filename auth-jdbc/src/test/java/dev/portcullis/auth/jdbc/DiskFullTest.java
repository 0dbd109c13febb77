package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.AuthUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An H2 that finds no more room for its file: an outage, never a wrong answer, and nothing that was answered is lost. */
@Timeout(60)
class DiskFullTest {

    private static final int ROOM = 512;

    /** More than there is room for. */
    private static final int MANY = 20_000;

    @Test
    void a_full_disk_is_an_outage_and_loses_nothing() throws IOException {
        Ledger ledger = new Ledger();
        try (TestDatabase database = TestDatabase.migrated(Database.H2)) {
            database.pool().close();
            List<String> afterwards = fill(database.url(), ledger);
            assertThat(ledger.answered()).isPositive();
            assertThat(afterwards.get(0)).matches("refused API_KEY_STORE_UNAVAILABLE The database .*");
            assertThat(afterwards).hasSize(7).allMatch(line -> line.matches("(refused|found) [^,]*"));

            long start = System.nanoTime();
            NewestChunk.findIn(KillTest.fileOf(database)); // as when the next process asks for the URL
            try (HikariDataSource pool = TestDatabase.pool(database.url(), settings -> {})) {
                JDBCAPIKeyStore store = JDBCAPIKeyStore.builder(pool).build();
                assertThat(store.find(Ledger.key(0).hash())).isNotNull();
                System.out.printf(
                        "Disk full: %d keys were issued before it, %s; recovery %d ms%n",
                        ledger.answered(),
                        afterwards,
                        Duration.ofNanos(System.nanoTime() - start).toMillis());
                ledger.check(store);
            }
        }
    }

    /** What the process says from the first refusal on. */
    private static List<String> fill(String url, Ledger ledger) {
        List<String> afterwards = new ArrayList<>();
        try (ChildProcess writer = ChildProcess.startWithFilesUpTo(ROOM, DiskFullTest.class, url)) {
            for (String line = writer.hear(); line != null; line = writer.hear()) {
                if (line.startsWith("did ")) {
                    ledger.answered(line.substring("did ".length()));
                } else if (line.startsWith("trying ")) {
                    ledger.trying(line.substring("trying ".length()));
                } else {
                    afterwards.add(line);
                }
            }
        }
        return afterwards;
    }

    /** Issues keys until that is refused, then asks for one and issues others. Arguments: the URL. */
    public static void main(String[] arguments) {
        HikariDataSource pool = TestDatabase.pool(arguments[0], settings -> settings.setConnectionTimeout(300));
        JDBCAPIKeyStore store = JDBCAPIKeyStore.builder(pool).build();
        int number = 0;
        while (number < MANY && issue(store, number)) {
            number++;
        }
        for (int i = 1; i <= 3; i++) {
            said("found", () -> store.find(Ledger.key(0).hash()) != null);
            issue(store, number + i);
        }
        System.exit(0);
    }

    private static boolean issue(JDBCAPIKeyStore store, int number) {
        System.out.println("trying issue " + number);
        return said("did issue " + number, () -> Ledger.issue(store, number) != null);
    }

    private static boolean said(String done, BooleanSupplier action) {
        try {
            System.out.println(action.getAsBoolean() ? done : "a wrong answer instead of: " + done);
            return true;
        } catch (AuthUnavailableException e) {
            Throwable cause = e.getCause();
            String words = cause == null ? "" : String.valueOf(cause.getMessage());
            System.out.println("refused " + e.reason() + " " + words.replaceAll(" \\(.*|,.*", ""));
            return false;
        }
    }
}
