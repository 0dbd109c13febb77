package dev.portcullis.auth.cli;

import java.util.UUID;
import picocli.CommandLine.Parameters;

/** Which key a command is about. */
final class KeyArgument {

    @Parameters(paramLabel = "ID", converter = KeyID.class, description = "The key's identifier.")
    private UUID id = new UUID(0, 0);

    UUID id() {
        return id;
    }
}
