package dev.portcullis.auth.cli;

import dev.portcullis.auth.signature.Ed25519SecretKey;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code portcullis keys generate}. */
@Command(
        name = "generate",
        description = {
            "Makes a key pair to sign requests with.",
            "",
            "The private key alone is printed on standard output: send that to a file that only you can read. The public"
                    + " key, which is registered with the API, and its fingerprint are printed on standard error. Nothing"
                    + " is stored."
        })
final class GenerateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final JSONOption json = new JSONOption();

    GenerateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Ed25519SecretKey key = Ed25519SecretKey.generate();
        String publicKey = Base64.getEncoder().encodeToString(key.publicKey().encoded());
        if (json.isWanted()) {
            JSON.print(
                    terminal.out(),
                    JSON.object()
                            .with("private_key", key.reveal())
                            .with("public_key", publicKey)
                            .with("fingerprint", key.publicKey().fingerprintText()));
        } else {
            terminal.out().println(key.reveal());
            terminal.err().println("public key   " + publicKey);
            terminal.err().println("fingerprint  " + key.publicKey().fingerprintText());
        }
        terminal.err()
                .println(
                        "Warning: Whoever has the private key can sign in your name; nobody can give it to you again.");
        return ExitCode.OK;
    }
}
