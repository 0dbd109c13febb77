package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.AccountKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
    private final Stores stores;

    @Mixin
    private final JSONOption json = new JSONOption();

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Parameters(paramLabel = "ID", converter = KeyID.class, description = "The old key's identifier.")
    private UUID id = new UUID(0, 0);

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            converter = Times.Amount.class,
            description = "How long both work: 0, or as in 30s, 15m, 12h or 7d; at most 30d, 1d unless given.")
    private Duration overlap = AccountKeys.USUAL_OVERLAP;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = Times.Expiry.Converter.class,
            description = "When the successor expires, as in 2030-01-31T12:00:00Z or 90d; as the old key unless given.")
    private Times.@Nullable Expiry expires;

    RotateCommand(Terminal terminal, Stores stores) {
        this.terminal = terminal;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        try (Desk desk = Desk.open(stores, store, terminal)) {
            APIKey old = desk.key(id);
            Instant expiry = expires == null ? null : expires.from(Instant.now());
            new Answer(terminal, json).issued(desk.account(old.owner()).rotate(id, overlap, expiry));
        }
        return ExitCode.OK;
    }
}
