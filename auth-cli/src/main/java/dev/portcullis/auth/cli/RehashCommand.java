package dev.portcullis.auth.cli;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portcullis keys rehash}. */
@Command(
        name = "rehash",
        description = {
            "Moves all keys that are hashed without a pepper to the current one, and counts the active keys that stand on"
                    + " each.",
            "",
            "Keys that stand on an older pepper move when they are used. One on which no active key stands can be left"
                    + " out of the file."
        })
final class RehashCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final JSONOption json = new JSONOption();

    @Mixin
    private final StoreOptions store;

    @Option(names = "--dry-run", description = "Counts, and moves nothing.")
    private boolean countOnly;

    RehashCommand(Terminal terminal, Stores stores) {
        this.terminal = terminal;
        this.store = new StoreOptions(terminal, stores);
    }

    @Override
    public Integer call() {
        try (Desk desk = store.open()) {
            if (!countOnly && !desk.hasPepper()) {
                throw Failure.misused("There is no pepper to move keys to: give --pepper-file");
            }
            long moved = countOnly ? 0 : desk.keys().rehashUnkeyed();
            tell(moved, new TreeMap<>(desk.store().countByHashVersion(Instant.now())));
        }
        return ExitCode.OK;
    }

    private void tell(long moved, Map<Integer, Long> counts) {
        if (json.isWanted()) {
            JSON.Members versions = JSON.object();
            counts.forEach((version, count) -> versions.with(version.toString(), count));
            JSON.print(
                    terminal.out(), JSON.object().with("moved", moved).with("active_keys_by_hash_version", versions));
            return;
        }
        terminal.out().println("Moved " + moved + " keys.");
        Table table = Table.of("PEPPER", "ACTIVE KEYS");
        counts.forEach((version, count) -> table.row(version == 0 ? "none" : version.toString(), count.toString()));
        if (!table.isEmpty()) {
            terminal.out().println();
            table.lines("", terminal.style()).forEach(terminal.out()::println);
        }
    }
}
