package dev.portcullis.auth.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Commands about one thing; it does nothing without one of them. */
interface Group extends Callable<Integer> {

    @Override
    default Integer call() {
        throw Failure.misused("A command is missing");
    }

    /** Commands about tokens. */
    @Command(name = "token", description = "Explains tokens.", synopsisSubcommandLabel = "COMMAND")
    final class OfToken implements Group {}

    /** Commands about key sets. */
    @Command(name = "jwks", description = "Looks at the keys of issuers.", synopsisSubcommandLabel = "COMMAND")
    final class OfJWKS implements Group {}

    /** Commands about API keys. */
    @Command(name = "keys", description = "Manages the API keys of a store.", synopsisSubcommandLabel = "COMMAND")
    final class OfKeys implements Group {}
}
