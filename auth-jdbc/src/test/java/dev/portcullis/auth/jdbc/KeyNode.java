package dev.portcullis.auth.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.apikey.KeyChange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A node with copies of keys, as an application would have it. It is told in lines what to do with which key, and answers
 * when it is done, with the time: all processes of one machine have the same clock.
 */
final class KeyNode {

    private final CachedAPIKeyStore store;
    private final ChangeNotices.Subscription listening;

    private KeyNode(CachedAPIKeyStore store, ChangeNotices.Subscription listening) {
        this.store = store;
        this.listening = listening;
    }

    /** Arguments: the URL for the store, and that for the notices. */
    public static void main(String[] arguments) throws IOException {
        HikariDataSource pool = TestDatabase.pool(arguments[0], settings -> settings.setMaximumPoolSize(3));
        PGSimpleDataSource listening = new PGSimpleDataSource();
        listening.setUrl(arguments[1]);
        listening.setApplicationName("listener");
        PostgreSQLChangeNotices notices =
                PostgreSQLChangeNotices.builder(listening).build();
        KeyNode node = new KeyNode(
                CachedAPIKeyStore.over(JDBCAPIKeyStore.builder(pool).build())
                        .notices(notices)
                        .build(),
                notices.subscribe("nothing", new Deaf()));
        System.out.println("ready");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", -1);
            node.obey(words[0], Ledger.key(Integer.parseInt(words[1])));
            System.out.println(System.nanoTime());
            System.out.flush();
        }
    }

    private void obey(String command, APIKey key) {
        switch (command) {
            case "issue" -> store.add(key, AddTerms.any(), Keys.ISSUE);
            case "revoke" -> store.revoke(key.id(), Keys.REVOKE);
            case "change" -> store.change(key.id(), KeyChange.nothing().scopes(Set.of("new")), Keys.CHANGE);
            case "rotate" ->
                store.rotate(key.id(), Keys.some().owner(key.owner()).build(), Keys.NOW, 1000, Keys.ROTATE);
            case "delete" -> store.delete(key.id(), Keys.DELETE);
            case "listen" -> awaitNotices();
            case "use" -> awaitThat(key, true);
            case "notice" -> awaitThat(key, false);
            default -> throw new IllegalArgumentException(command);
        }
    }

    private void awaitNotices() {
        while (listening.nanosBehind() > 500_000_000) {
            LockSupport.parkNanos(200_000);
        }
    }

    /** Uses the key all the time until it is as it was issued, or no longer so. */
    private void awaitThat(APIKey key, boolean asIssued) {
        while (isAsIssued(store.find(key.hash()), key) != asIssued) {
            LockSupport.parkNanos(200_000);
        }
    }

    private static boolean isAsIssued(@Nullable APIKey found, APIKey key) {
        return found != null && found.equals(key);
    }

    /** Who only wants to know whether something can be heard. */
    static final class Deaf implements ChangeNotices.Listener {

        @Override
        public void changed(String id) {
            // Only that something can be heard is of interest.
        }

        @Override
        public void anythingMayHaveChanged() {
            // Only that something can be heard is of interest.
        }
    }
}
