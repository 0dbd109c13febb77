package dev.portcullis.auth.cli;

import java.time.Duration;
import java.util.Locale;

/**
 * How far bulk work is, on standard error: a bar at a terminal, and one line for each tenth elsewhere, so that a log
 * stays short.
 */
final class Progress implements AutoCloseable {

    private static final int WIDTH = 30;
    private static final int TENTHS = 10;
    private static final long REDRAW = Duration.ofMillis(100).toNanos();

    private final Terminal terminal;
    private final String what;
    private final long total;
    private final long startedAt = System.nanoTime();
    private long drawnAt = startedAt - REDRAW;
    private long tenth;
    private boolean drawn;

    /**
     * Work that begins now.
     *
     * @param what the things that are worked on, in plural
     * @param total how many there are
     */
    Progress(Terminal terminal, String what, long total) {
        this.terminal = terminal;
        this.what = what;
        this.total = total;
    }

    /** So many are done. */
    void at(long done) {
        if (terminal.errorIsTerminal()) {
            long now = System.nanoTime();
            if (now - drawnAt >= REDRAW || done == total) {
                drawnAt = now;
                draw(done, now);
            }
        } else if (done * TENTHS / total > tenth) {
            tenth = done * TENTHS / total;
            terminal.err().println(count(done));
        }
    }

    private String count(long done) {
        return String.format(Locale.ROOT, "%,d of %,d %s (%d %%)", done, total, what, done * 100 / total);
    }

    private void draw(long done, long now) {
        int full = (int) (done * WIDTH / total);
        double seconds = (now - startedAt) / 1e9;
        String rest = "";
        if (done > 0 && done < total && seconds >= 1) {
            long left = (long) (seconds / done * (total - done));
            rest = String.format(
                    Locale.ROOT, ", %,.0f/s, %s left", done / seconds, Shown.amount(Duration.ofSeconds(left)));
        }
        // Back to the start of the line, and away with what the line before was longer.
        terminal.err()
                .print("\r[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + count(done) + rest + "\u001b[K");
        terminal.err().flush();
        drawn = true;
    }

    /** Ends the bar's line. */
    @Override
    public void close() {
        if (drawn) {
            terminal.err().println();
        }
    }
}
