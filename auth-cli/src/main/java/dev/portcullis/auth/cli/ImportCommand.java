package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.KeyRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portcullis keys import}. */
@Command(
        name = "import",
        description = {
            "Takes over keys that were issued elsewhere, of which only the hashes are known.",
            "",
            "The file has a key on each line: CSV whose first line names the columns, or JSON objects. Fields: hash"
                    + " (SHA-256 of the whole key, 64 hexadecimal digits), owner, name, key_prefix (such as"
                    + " grd_live_0123abcd); optional: scopes (separated by spaces), created_at, last_used_at, expires_at,"
                    + " revoked_at.",
            "",
            "All lines are checked first; if one is not as it must be, nothing is imported. Keys that are there already"
                    + " are left alone, so that an import can be repeated."
        })
final class ImportCommand implements Callable<Integer> {

    private static final int MOST_TOLD = 20;

    private final Terminal terminal;

    @Mixin
    private final JSONOption json = new JSONOption();

    @Mixin
    private final StoreOptions store;

    @Parameters(paramLabel = "FILE", converter = Paths.Converter.class, description = "The file with the keys.")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "WORD",
            converter = FormatWord.class,
            completionCandidates = FormatWord.class,
            description = "csv or jsonl; by the file's name unless given.")
    private @Nullable Supplier<ImportFormat> format;

    @Option(names = "--dry-run", description = "Checks the lines and imports nothing.")
    private boolean checkOnly;

    /** Reads a format, and tells shells which there are. */
    static final class FormatWord
            implements picocli.CommandLine.ITypeConverter<Supplier<ImportFormat>>, Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("csv", "jsonl").iterator();
        }

        @Override
        public Supplier<ImportFormat> convert(String text) {
            return switch (text) {
                case "csv" -> ImportFormat.CSV::new;
                case "jsonl", "ndjson" -> ImportFormat.JSONLines::new;
                default -> throw Failure.misused("write csv or jsonl");
            };
        }
    }

    /**
     * What is wrong with a line.
     *
     * @param line which, from 1 on
     * @param problem in words that quote nothing of it
     */
    private record Problem(long line, String problem) {}

    /** What the first reading finds. */
    private static final class Findings {
        private final List<Problem> told = new ArrayList<>();
        private long good;
        private long bad;

        void problem(long line, String problem) {
            bad++;
            if (told.size() < MOST_TOLD) {
                told.add(new Problem(line, problem));
            }
        }
    }

    ImportCommand(Terminal terminal, Stores stores) {
        this.terminal = terminal;
        this.store = new StoreOptions(terminal, stores);
    }

    @Override
    public Integer call() {
        ImportFile keys = new ImportFile(file, format == null ? byName() : format, Instant.now());
        try (Desk desk = store.openOrMake(APIKeys.builder())) {
            Findings findings = check(desk.hashingAsTheStoreDoes(), keys);
            if (findings.bad > 0) {
                refuse(findings);
                return ExitCode.REFUSED;
            }
            long added = checkOnly ? 0 : new BulkImport(terminal, desk).add(keys, findings.good);
            tell(findings.good, added);
            return ExitCode.OK;
        } catch (IOException e) {
            throw Failure.misused("The file with the keys cannot be read");
        }
    }

    private Supplier<ImportFormat> byName() {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return ImportFormat.CSV::new;
        }
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return ImportFormat.JSONLines::new;
        }
        throw Failure.misused("The file's name ends neither in .csv nor in .jsonl: say which it is with --format");
    }

    private Findings check(Desk desk, ImportFile keys) throws IOException {
        APIKeys rehearsal = desk.rehearsal();
        Findings findings = new Findings();
        keys.read(rehearsal, new ImportFile.Reader() {
            @Override
            public void key(long line, APIKey key) {
                try {
                    rehearsal.importAll(List.of(key), desk.actor());
                    findings.good++;
                } catch (KeyRefusedException e) {
                    findings.problem(line, String.join(" ", Refusals.lines(e, field -> field)));
                }
            }

            @Override
            public void problem(long line, String problem) {
                findings.problem(line, problem);
            }
        });
        return findings;
    }

    private void refuse(Findings findings) {
        if (json.isWanted()) {
            JSON.print(
                    terminal.out(),
                    JSON.object()
                            .with("imported", 0)
                            .with("bad_lines", findings.bad)
                            .with(
                                    "problems",
                                    findings.told.stream()
                                            .map(told -> JSON.object()
                                                    .with("line", told.line())
                                                    .with("problem", told.problem()))
                                            .toList()));
            return;
        }
        for (Problem told : findings.told) {
            terminal.err().println("Line " + told.line() + ": " + told.problem());
        }
        if (findings.bad > findings.told.size()) {
            terminal.err().println("And " + (findings.bad - findings.told.size()) + " more.");
        }
        terminal.err().println("Nothing was imported: lines that are not as they must be: " + findings.bad + ".");
    }

    private void tell(long good, long added) {
        if (json.isWanted()) {
            JSON.print(
                    terminal.out(),
                    JSON.object()
                            .with("checked", good)
                            .with("imported", added)
                            .with("there_already", checkOnly ? null : good - added));
        } else if (checkOnly) {
            terminal.out().println("Checked " + good + " keys; nothing was imported.");
        } else {
            terminal.out().println("Imported " + added + " keys; " + (good - added) + " were there already.");
        }
    }
}
