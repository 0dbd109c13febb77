package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.KeyRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portcullis keys issue}. */
@Command(
        name = "issue",
        description = {
            "Issues a key and prints it, this once.",
            "",
            "The key alone goes to standard output, all else to standard error. With --count many keys go to a new file"
                    + " that only its owner can read: lines of id, key_prefix, name and plaintext, as CSV, or as JSON"
                    + " with --json. They are named NAME 1, NAME 2 and so on."
        })
final class IssueCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final JSONOption json = new JSONOption();

    @Mixin
    private final StoreOptions store;

    @Option(names = "--owner", paramLabel = "ACCOUNT", required = true, description = "The account it acts for.")
    private String owner = "";

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "What its owner calls it.")
    private String name = "";

    @Option(
            names = "--scopes",
            paramLabel = "SCOPE",
            split = ",",
            description = "Its permissions, separated by commas; none unless given.")
    private List<String> scopes = new ArrayList<>();

    @Option(
            names = "--environment",
            paramLabel = "WORD",
            converter = VerifyCommand.EnvironmentWord.class,
            completionCandidates = VerifyCommand.EnvironmentWord.class,
            description = "live or test; live unless given.")
    private Environment environment = Environment.LIVE;

    @Mixin
    private final ExpiryOption expires = new ExpiryOption();

    @Option(
            names = "--maximum-keys",
            paramLabel = "NUMBER",
            converter = Numbers.Count.class,
            description = "How many keys the account may have that work; 100 unless given. Not for --count.")
    private int maximumKeys = 100;

    @Option(
            names = "--count",
            paramLabel = "NUMBER",
            converter = Numbers.Count.class,
            description = "Issues so many keys, to a file.")
    private int count;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            converter = Paths.Converter.class,
            description = "The new file for --count.")
    private @Nullable Path output;

    IssueCommand(Terminal terminal, Stores stores) {
        this.terminal = terminal;
        this.store = new StoreOptions(terminal, stores);
    }

    @Override
    public Integer call() {
        if ((count == 0) != (output == null)) {
            throw Failure.misused("--count and --output go together: give both, or none for one key");
        }
        APIKeys.Builder settings = APIKeys.builder().maximumKeys(maximumKeys);
        try (Desk desk = store.openOrMake(settings)) {
            desk.hashingAsTheStoreDoes();
            Instant expiry = expires.from(Instant.now());
            UnaryOperator<KeyRequest> asked =
                    named -> named.environment(environment).scopes(scopes).expiresAt(expiry);
            Path file = output;
            if (file == null) {
                new Answer(terminal, json).issued(desk.account(owner).issue(asked.apply(KeyRequest.named(name))));
                return ExitCode.OK;
            }
            int issued = new BulkIssue(terminal, desk, owner, name, asked)
                    .issue(count, () -> KeyFile.create(file, json.isWanted()));
            tell(issued);
            return issued == count ? ExitCode.OK : ExitCode.REFUSED;
        }
    }

    private void tell(int issued) {
        if (json.isWanted()) {
            JSON.print(terminal.out(), JSON.object().with("issued", issued).with("file", String.valueOf(output)));
        } else {
            terminal.out().println("Issued " + issued + " keys, to " + Shown.text(String.valueOf(output)) + ".");
        }
    }
}
