package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.AuditRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portcullis keys audit}. */
@Command(name = "audit", description = "Lists what was done to keys, by whom and from where, the latest first.")
final class AuditCommand implements Callable<Integer> {

    private static final int PAGE = 1000;

    private final Terminal terminal;
    private final Stores stores;

    @Mixin
    private final JSONOption json = new JSONOption();

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Option(
            names = "--owner",
            paramLabel = "ACCOUNT",
            description = "Of this account's keys only, also of those that are deleted.")
    private @Nullable String owner;

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            converter = Numbers.Count.class,
            description = "How many at most; 100 unless given.")
    private int limit = 100;

    @Option(
            names = "--before",
            paramLabel = "NUMBER",
            converter = Numbers.RecordNumber.class,
            description = "Only records with a lesser number: the last of the page before.")
    private long before = Long.MAX_VALUE;

    AuditCommand(Terminal terminal, Stores stores) {
        this.terminal = terminal;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        List<AuditRecord> records;
        try (Desk desk = Desk.open(stores, store, terminal)) {
            records = pages(desk);
        }
        if (json.isWanted()) {
            JSON.print(terminal.out(), records.stream().map(KeyView::asJSON).toList());
        } else if (records.isEmpty()) {
            terminal.err().println("No records.");
        } else {
            KeyView.audit(records).lines("", terminal.style()).forEach(terminal.out()::println);
        }
        if (records.size() == limit) {
            terminal.err()
                    .println("There may be more: add --before "
                            + records.get(limit - 1).number());
        }
        return ExitCode.OK;
    }

    private List<AuditRecord> pages(Desk desk) {
        List<AuditRecord> records = new ArrayList<>();
        long last = before;
        while (records.size() < limit) {
            List<AuditRecord> page = page(desk, last, Math.min(PAGE, limit - records.size()));
            records.addAll(page);
            if (page.isEmpty()) {
                break;
            }
            last = page.get(page.size() - 1).number();
        }
        return records;
    }

    private List<AuditRecord> page(Desk desk, long last, int size) {
        return owner == null
                ? desk.keys().audit(last, size)
                : desk.account(owner).audit(last, size);
    }
}
