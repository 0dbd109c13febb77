package dev.portcullis.auth.cli;

import org.jspecify.annotations.Nullable;

/** A person at a terminal, who can be asked. */
interface Keyboard {

    /**
     * Asks for something that is not shown while it is typed.
     *
     * @return what was typed, or null at the end of the input
     */
    @Nullable
    String hidden(String prompt);

    /**
     * Asks for something that is shown.
     *
     * @return what was typed, or null at the end of the input
     */
    @Nullable
    String shown(String prompt);
}
