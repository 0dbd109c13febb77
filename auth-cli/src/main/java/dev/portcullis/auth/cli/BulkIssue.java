package dev.portcullis.auth.cli;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.apikey.KeyRequest;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Issues many keys to a file. A key that could not be written there is deleted: nobody would ever hold it. */
final class BulkIssue {

    private static final int STEP = 1000;

    private final Terminal terminal;
    private final Desk desk;
    private final String owner;
    private final String name;
    private final UnaryOperator<KeyRequest> settings;
    private int done;

    /**
     * Keys of one kind.
     *
     * @param name what they are called, before their number
     * @param settings makes a request of one that has only a name
     */
    BulkIssue(Terminal terminal, Desk desk, String owner, String name, UnaryOperator<KeyRequest> settings) {
        this.terminal = terminal;
        this.desk = desk;
        this.owner = owner;
        this.name = name;
        this.settings = settings;
    }

    /**
     * Issues keys.
     *
     * @param output makes the file, once it is known that there will be something to write
     * @return how many were issued: less than asked for, if it was asked to stop
     */
    int issue(int count, Supplier<KeyFile> output) {
        // What is wrong with the longest name is told before there is a file.
        desk.rehearsal().issueAll(owner, List.of(request(count)), desk.actor());
        try (KeyFile file = output.get();
                Interrupts interrupts = Interrupts.watch();
                Progress progress = new Progress(terminal, "keys", count)) {
            while (done < count && !interrupts.isAsked()) {
                step(Math.min(STEP, count - done), file);
                progress.at(done);
            }
        } catch (IOException e) {
            throw Failure.misused("--output: the file cannot be written to. " + soFar(count));
        } catch (AuthUnavailableException e) {
            terminal.err().println(soFar(count));
            throw e;
        }
        return done;
    }

    private String soFar(int count) {
        return "Of " + count + " keys the first " + done + " were issued, and are in the file";
    }

    private KeyRequest request(int number) {
        return settings.apply(KeyRequest.named(name + " " + number));
    }

    private void step(int size, KeyFile file) throws IOException {
        List<KeyRequest> requests = IntStream.rangeClosed(done + 1, done + size)
                .mapToObj(this::request)
                .toList();
        List<IssuedAPIKey> issued = desk.keys().issueAll(owner, requests, desk.actor());
        try {
            file.add(issued);
        } catch (IOException e) {
            issued.forEach(key -> desk.account(owner).delete(key.key().id()));
            throw e;
        }
        done += size;
    }
}
