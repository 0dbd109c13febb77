package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.APIKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portcullis keys list}. */
@Command(name = "list", description = "Lists keys, newest first, also revoked and expired ones.")
final class ListCommand implements Callable<Integer> {

    private static final int PAGE = 1000;

    private final Terminal terminal;
    private final Stores stores;

    @Mixin
    private final JSONOption json = new JSONOption();

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Option(names = "--owner", paramLabel = "ACCOUNT", description = "Of this account only.")
    private @Nullable String owner;

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            converter = Numbers.Count.class,
            description = "How many at most; 100 unless given.")
    private int limit = 100;

    @Option(
            names = "--before",
            paramLabel = "ID",
            converter = KeyID.class,
            description = "Only keys that come after this one in the list: the last of the page before.")
    private @Nullable UUID before;

    ListCommand(Terminal terminal, Stores stores) {
        this.terminal = terminal;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        List<APIKey> keys;
        try (Desk desk = Desk.open(stores, store, terminal)) {
            keys = pages(desk);
        }
        Instant now = Instant.now();
        if (json.isWanted()) {
            JSON.print(
                    terminal.out(),
                    keys.stream().map(key -> KeyView.asJSON(key, now)).toList());
        } else if (keys.isEmpty()) {
            terminal.err().println("No keys.");
        } else {
            KeyView.table(keys, now, terminal.style())
                    .lines("", terminal.style())
                    .forEach(terminal.out()::println);
        }
        if (keys.size() == limit) {
            terminal.err()
                    .println("There may be more: add --before "
                            + keys.get(limit - 1).id());
        }
        return ExitCode.OK;
    }

    private List<APIKey> pages(Desk desk) {
        List<APIKey> keys = new ArrayList<>();
        UUID last = before;
        while (keys.size() < limit) {
            List<APIKey> page = page(desk, last, Math.min(PAGE, limit - keys.size()));
            keys.addAll(page);
            if (page.isEmpty()) {
                break;
            }
            last = page.get(page.size() - 1).id();
        }
        return keys;
    }

    private List<APIKey> page(Desk desk, @Nullable UUID last, int size) {
        return owner == null
                ? desk.keys().list(last, size)
                : desk.account(owner).list(last, size);
    }
}
