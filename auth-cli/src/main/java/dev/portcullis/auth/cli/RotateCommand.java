package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.AccountKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portcullis keys rotate}. */
@Command(
        name = "rotate",
        description = {
            "Gives a key a successor with the same name, environment and scopes, and prints that once.",
            "",
            "The old key works until the overlap ends, and no longer than it would have."
        })
final class RotateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final JSONOption json = new JSONOption();

    @Mixin
    private final StoreOptions store;

    @Mixin
    private final KeyArgument named = new KeyArgument();

    @Mixin
    private final ExpiryOption expires = new ExpiryOption();

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            converter = Times.Amount.class,
            description = "How long both work: 0, or as in 30s, 15m, 12h or 7d; at most 30d, 1d unless given.")
    private Duration overlap = AccountKeys.USUAL_OVERLAP;

    RotateCommand(Terminal terminal, Stores stores) {
        this.terminal = terminal;
        this.store = new StoreOptions(terminal, stores);
    }

    @Override
    public Integer call() {
        try (Desk desk = store.open()) {
            APIKey old = desk.hashingAsTheStoreDoes().key(named.id());
            Instant expiry = expires.from(Instant.now());
            new Answer(terminal, json).issued(desk.account(old.owner()).rotate(old.id(), overlap, expiry));
        }
        return ExitCode.OK;
    }
}
