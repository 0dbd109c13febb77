package dev.portcullis.auth.cli;

import dev.portcullis.auth.SecretText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads a secret from standard input or a hidden prompt: there is no way to give one as an argument. */
final class SecretInput {

    /** What Linux takes in one line that is typed or pasted. */
    private static final int LONGEST_LINE = 4095;

    private static final int MOST_BYTES = 256 * 1024;

    private SecretInput() {}

    /**
     * Reads a credential as a server would see it, one character for each byte, without the end of its line.
     *
     * @param what what is asked for, as in "the token"
     */
    static SecretText read(Terminal terminal, String what) {
        Keyboard keyboard = terminal.keyboard();
        if (terminal.inputIsTerminal() && keyboard == null) {
            throw Failure.misused("Standard input is a terminal and standard output is not, so that " + what
                    + " cannot be asked for without being seen: give it on standard input, as in"
                    + " portcullis ... < file");
        }
        if (terminal.inputIsTerminal() && keyboard != null) {
            String typed = keyboard.hidden(Character.toUpperCase(what.charAt(0)) + what.substring(1)
                    + " (it is not shown while you type or paste): ");
            if (typed == null) {
                throw Failure.misused("Nothing was entered");
            }
            if (typed.length() >= LONGEST_LINE) {
                throw Failure.misused("A terminal takes no more than " + LONGEST_LINE
                        + " characters in a line, so that the end may be missing: give " + what
                        + " on standard input, as in portcullis ... < file");
            }
            return SecretText.of(typed.strip());
        }
        return SecretText.of(withoutLineEnd(text(terminal)));
    }

    /** What is longer is no credential anyway, so that its end makes no difference. */
    private static String text(Terminal terminal) {
        try {
            return new String(terminal.in().readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw Failure.misused("Standard input cannot be read");
        }
    }

    private static String withoutLineEnd(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
