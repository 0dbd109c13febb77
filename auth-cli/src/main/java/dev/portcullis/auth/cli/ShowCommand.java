package dev.portcullis.auth.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code portcullis keys show}. */
@Command(name = "show", description = "Shows all that is stored of a key but its hash.")
final class ShowCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Stores stores;

    @Mixin
    private final JSONOption json = new JSONOption();

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Mixin
    private final KeyArgument named = new KeyArgument();

    ShowCommand(Terminal terminal, Stores stores) {
        this.terminal = terminal;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        try (Desk desk = Desk.open(stores, store, terminal)) {
            new Answer(terminal, json).key(desk.key(named.id()));
        }
        return ExitCode.OK;
    }
}
