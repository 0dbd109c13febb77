package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.APIKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Adds the keys of a file that was checked, some at a time. */
final class BulkImport {

    private static final int STEP = 1000;

    private final Terminal terminal;
    private final Desk desk;
    private final List<APIKey> step = new ArrayList<>(STEP);
    private long done;
    private long added;

    BulkImport(Terminal terminal, Desk desk) {
        this.terminal = terminal;
        this.desk = desk;
    }

    /** Adds all keys; how many of them were not there before. */
    long add(ImportFile keys, long count) throws IOException {
        try (Progress progress = new Progress(terminal, "keys", Math.max(1, count))) {
            keys.read(desk.keys(), new ImportFile.Reader() {
                @Override
                public void key(long line, APIKey key) {
                    step.add(key);
                    if (step.size() == STEP) {
                        flush(progress);
                    }
                }

                @Override
                public void problem(long line, String problem) {
                    throw Failure.misused("The file has changed while it was read: import it again");
                }
            });
            flush(progress);
        }
        return added;
    }

    private void flush(Progress progress) {
        if (!step.isEmpty()) {
            added += desk.keys().importAll(step, desk.actor()).size();
            done += step.size();
            step.clear();
            progress.at(done);
        }
    }
}
