package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.APIKey;
import java.time.Instant;
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

    private final Terminal terminal;

    @Mixin
    private final JSONOption json = new JSONOption();

    @Mixin
    private final StoreOptions store;

    @Mixin
    private final OwnerFilter owner = new OwnerFilter();

    @Mixin
    private final Limit limit = new Limit();

    @Option(
            names = "--before",
            paramLabel = "ID",
            converter = KeyID.class,
            description = "Only keys that come after this one in the list: the last of the page before.")
    private @Nullable UUID before;

    ListCommand(Terminal terminal, Stores stores) {
        this.terminal = terminal;
        this.store = new StoreOptions(terminal, stores);
    }

    @Override
    public Integer call() {
        List<APIKey> keys;
        try (Desk desk = store.open()) {
            keys = limit.read((last, size) -> page(desk, last == null ? before : last.id(), size));
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
        limit.tellOfMore(terminal, keys, APIKey::id);
        return ExitCode.OK;
    }

    private List<APIKey> page(Desk desk, @Nullable UUID last, int size) {
        String account = owner.account();
        return account == null
                ? desk.keys().list(last, size)
                : desk.account(account).list(last, size);
    }
}
