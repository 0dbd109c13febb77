package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.AuditRecord;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portcullis keys audit}. */
@Command(name = "audit", description = "Lists what was done to keys, by whom and from where, the latest first.")
final class AuditCommand implements Callable<Integer> {

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
            paramLabel = "NUMBER",
            converter = Numbers.RecordNumber.class,
            description = "Only records with a lesser number: the last of the page before.")
    private long before = Long.MAX_VALUE;

    AuditCommand(Terminal terminal, Stores stores) {
        this.terminal = terminal;
        this.store = new StoreOptions(terminal, stores);
    }

    @Override
    public Integer call() {
        List<AuditRecord> records;
        try (Desk desk = store.open()) {
            records = limit.read((last, size) -> page(desk, last == null ? before : last.number(), size));
        }
        if (json.isWanted()) {
            JSON.print(terminal.out(), records.stream().map(KeyView::asJSON).toList());
        } else if (records.isEmpty()) {
            terminal.err().println("No records.");
        } else {
            KeyView.audit(records).lines("", terminal.style()).forEach(terminal.out()::println);
        }
        limit.tellOfMore(terminal, records, AuditRecord::number);
        return ExitCode.OK;
    }

    private List<AuditRecord> page(Desk desk, long last, int size) {
        String account = owner.account();
        return account == null
                ? desk.keys().audit(last, size)
                : desk.account(account).audit(last, size);
    }
}
