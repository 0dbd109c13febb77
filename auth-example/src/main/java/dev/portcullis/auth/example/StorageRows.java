package dev.portcullis.auth.example;

import dev.portcullis.auth.apikey.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** Keys outlast the server: one is started, stopped, and started again over the same files, in a directory of the tour's. */
final class StorageRows {

    private final ExampleServer.Kind kind;
    private final TourTable table;

    StorageRows(ExampleServer.Kind kind, TourTable table) {
        this.kind = kind;
        this.table = table;
    }

    void add() throws IOException {
        Path directory = Files.createTempDirectory("portcullis-tour");
        try {
            addAround(Database.in(directory));
        } finally {
            delete(directory);
        }
    }

    private void addAround(Database database) throws IOException {
        table.section("Keys in a directory, before and after a restart of the server");
        String kept;
        String revoked;
        String deleted;
        try (KeyStorage storage = KeyStorage.open(database);
                ExampleServer server = kind.start(setup(storage))) {
            TourKeys keys = new TourKeys(storage.store());
            kept = keys.good("catalog:read");
            revoked = keys.revoked();
            deleted = keys.deleted();
            addRows(server.port(), "", kept, revoked, deleted);
        }
        try (KeyStorage storage = KeyStorage.open(database);
                ExampleServer server = kind.start(setup(storage))) {
            addRows(server.port(), ", then restarted", kept, revoked, deleted);
        }
    }

    private void addRows(int port, String then, String kept, String revoked, String deleted) {
        Ask ask = Ask.get("/api/v1/leagues/");
        table.row(port, ask.bearer(kept).about("issued" + then), Expected.status(200));
        table.row(port, ask.bearer(revoked).about("revoked" + then), Expected.rejected("API key has been revoked."));
        table.row(port, ask.bearer(deleted).about("deleted" + then), Expected.rejected("Invalid API key."));
    }

    private static Setup setup(KeyStorage storage) {
        return Setup.of(null, new Setup.Keys(storage.store(), Set.of(Environment.LIVE), Setup.Lifetimes.ANY, null));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
