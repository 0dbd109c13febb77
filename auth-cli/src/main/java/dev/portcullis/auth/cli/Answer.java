package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import java.time.Instant;

/** Prints a key, for people or for programs. */
final class Answer {

    private static final String WARNING =
            "This is the only time that the key is shown: keep it where secrets are kept.";

    private final Terminal terminal;
    private final JSONOption json;

    Answer(Terminal terminal, JSONOption json) {
        this.terminal = terminal;
        this.json = json;
    }

    /** What is stored of a key. */
    void key(APIKey key) {
        Instant now = Instant.now();
        if (json.isWanted()) {
            JSON.print(terminal.out(), KeyView.asJSON(key, now));
        } else {
            KeyView.details(key, now, terminal.style())
                    .lines("", terminal.style())
                    .forEach(terminal.out()::println);
        }
    }

    /** A new key: its plaintext alone on standard output, so that it can be piped to where it belongs. */
    void issued(IssuedAPIKey issued) {
        Instant now = Instant.now();
        if (json.isWanted()) {
            JSON.print(
                    terminal.out(),
                    JSON.object()
                            .with("api_key", KeyView.asJSON(issued.key(), now))
                            .with("plaintext", issued.plaintext())
                            .with("warning", WARNING));
            return;
        }
        Style style = terminal.errorStyle();
        KeyView.details(issued.key(), now, style).lines("", style).forEach(terminal.err()::println);
        terminal.err().println(style.unsure("Warning: ") + WARNING);
        terminal.out().println(issued.plaintext());
    }
}
