package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.APIKey;
import picocli.CommandLine.Option;

/** Asks before something that cannot be undone, unless it was said on the command line that it is meant. */
final class Confirmation {

    @Option(names = "--yes", description = "Does not ask whether it is meant.")
    private boolean said;

    /**
     * Asks.
     *
     * @param verb what is to be done to the key
     * @throws Failure if the answer is not yes, or there is nobody to ask
     */
    void ask(Terminal terminal, String verb, APIKey key) {
        if (said) {
            return;
        }
        Keyboard keyboard = terminal.keyboard();
        if (keyboard == null) {
            throw Failure.misused("This cannot be undone, and there is no terminal to ask at: add --yes");
        }
        String answer = keyboard.shown(verb + " " + key.keyPrefix() + " (" + Shown.text(key.name()) + ") of "
                + Shown.text(key.owner()) + ", for good? Type yes: ");
        if (answer == null || !answer.strip().equals("yes")) {
            throw Failure.refused("Nothing was done");
        }
    }
}
