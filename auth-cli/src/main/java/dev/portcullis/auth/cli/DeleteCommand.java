package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.APIKey;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portcullis keys delete}. */
@Command(
        name = "delete",
        description = {
            "Deletes a key. Nothing of it is left but its records in the audit.",
            "",
            "A key that was used is better revoked: then its users are told so."
        })
final class DeleteCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Stores stores;

    @Mixin
    private final JSONOption json = new JSONOption();

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Parameters(paramLabel = "ID", converter = KeyID.class, description = "The key's identifier.")
    private UUID id = new UUID(0, 0);

    @Option(names = "--yes", description = "Does not ask whether it is meant.")
    private boolean sure;

    DeleteCommand(Terminal terminal, Stores stores) {
        this.terminal = terminal;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        try (Desk desk = Desk.open(stores, store, terminal)) {
            APIKey key = desk.key(id);
            Confirmation.ask(
                    terminal,
                    sure,
                    "Delete " + key.keyPrefix() + " (" + Shown.text(key.name()) + ") of " + Shown.text(key.owner())
                            + ", for good");
            desk.account(key.owner()).delete(id);
        }
        if (json.isWanted()) {
            JSON.print(terminal.out(), JSON.object().with("deleted", id.toString()));
        } else {
            terminal.out().println("Deleted " + id + ".");
        }
        return ExitCode.OK;
    }
}
