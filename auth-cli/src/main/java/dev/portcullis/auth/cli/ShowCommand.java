package dev.portcullis.auth.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code portcullis keys show}. */
@Command(name = "show", description = "Shows all that is stored of a key but its hash.")
final class ShowCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final JSONOption json = new JSONOption();

    @Mixin
    private final StoreOptions store;

    @Mixin
    private final KeyArgument named = new KeyArgument();

    ShowCommand(Terminal terminal, Stores stores) {
        this.terminal = terminal;
        this.store = new StoreOptions(terminal, stores);
    }

    @Override
    public Integer call() {
        try (Desk desk = store.open()) {
            new Answer(terminal, json).key(desk.key(named.id()));
        }
        return ExitCode.OK;
    }
}
