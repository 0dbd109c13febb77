package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.APIKey;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    private final JSONOption json = new JSONOption();

    @Mixin
    private final StoreOptions store;

    @Mixin
    private final KeyArgument named = new KeyArgument();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    DeleteCommand(Terminal terminal, Stores stores) {
        this.terminal = terminal;
        this.store = new StoreOptions(terminal, stores);
    }

    @Override
    public Integer call() {
        UUID id = named.id();
        try (Desk desk = store.open()) {
            APIKey key = desk.key(id);
            confirmation.ask(terminal, "Delete", key);
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
