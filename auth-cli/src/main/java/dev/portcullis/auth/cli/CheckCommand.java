package dev.portcullis.auth.cli;

import dev.portcullis.auth.jwt.KeySetReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code portcullis jwks check}. */
@Command(
        name = "check",
        description = {
            "Tells which keys of a JWK Set Portcullis would use, and why not the others.",
            "",
            "The set is fetched as a server would fetch it: without following redirects, at most 256 KiB in at most"
                    + " 3 seconds. The exit code is 1 if no key is usable, and 3 if there was no answer."
        })
final class CheckCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final JSONOption json = new JSONOption();

    @Parameters(
            paramLabel = "URL|FILE",
            description = "Where the JWK Set is: https://..., http:// on a loopback address, or a file.")
    private String place = "";

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        KeySetReport report = KeySetSource.read(place);
        if (json.isWanted()) {
            JSON.print(terminal.out(), asJSON(report));
        } else {
            print(report);
        }
        if (!report.isFetched()) {
            return ExitCode.UNAVAILABLE;
        }
        return report.isUsable() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private void print(KeySetReport report) {
        PrintStream out = terminal.out();
        Style style = terminal.style();
        if (!report.keys().isEmpty()) {
            table(report.keys(), style).lines("", style).forEach(out::println);
            out.println();
        }
        long usable = report.keys().stream().filter(KeySetReport.Key::isUsable).count();
        if (report.isUsable()) {
            out.println(style.good("Usable: ") + usable + " of " + report.keys().size() + " keys.");
        } else {
            out.println(style.bad("Not usable: ") + "the key set " + report.problem() + ".");
        }
        Duration freshness = report.freshness();
        if (freshness != null) {
            out.println("Kept for " + Shown.amount(freshness) + " before it is fetched anew.");
        }
    }

    private static Table table(List<KeySetReport.Key> keys, Style style) {
        Table table = Table.of("KID", "TYPE", "BITS", "ALG", "USE", "RESULT");
        for (KeySetReport.Key key : keys) {
            table.row(
                    Shown.orNone(key.kid()),
                    Shown.orNone(key.type()),
                    key.bits() == 0 ? "-" : Integer.toString(key.bits()),
                    Shown.orNone(key.algorithm()),
                    Shown.orNone(key.use()),
                    key.problem() == null ? style.good("usable") : style.bad("passed over: ") + key.problem());
        }
        return table;
    }

    private static JSON.Members asJSON(KeySetReport report) {
        return JSON.object()
                .with("fetched", report.isFetched())
                .with("usable", report.isUsable())
                .with("problem", report.problem())
                .with("fresh_for_seconds", seconds(report.freshness()))
                .with(
                        "keys",
                        report.keys().stream()
                                .map(key -> JSON.object()
                                        .with("kid", key.kid())
                                        .with("kty", key.type())
                                        .with("alg", key.algorithm())
                                        .with("use", key.use())
                                        .with("bits", key.bits())
                                        .with("usable", key.isUsable())
                                        .with("problem", key.problem()))
                                .toList());
    }

    private static @Nullable Long seconds(@Nullable Duration time) {
        return time == null ? null : time.toSeconds();
    }
}
