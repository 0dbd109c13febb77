package dev.portcullis.auth.cli;

import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.signature.RequestSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portcullis keys sign}. */
@Command(
        name = "sign",
        description = {
            "Signs a request, and prints the headers to send with it.",
            "",
            "The private key, as keys generate prints it, is read from standard input, or asked for without being shown."
                    + " The lines that are printed can be given to curl, as in curl -H @headers."
        })
final class SignCommand implements Callable<Integer> {

    private static final int LARGEST_BODY = 64 * 1024 * 1024;

    private final Terminal terminal;

    @Mixin
    private final JSONOption json = new JSONOption();

    @Parameters(index = "0", paramLabel = "METHOD", description = "The method in upper case, as in POST.")
    private String method = "";

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "The path as it is sent, with its query, as in /v1/orders?status=open.")
    private String target = "";

    @Option(
            names = "--body",
            paramLabel = "FILE",
            converter = Paths.Converter.class,
            description = "The body as it is sent, byte for byte: JSON. No body unless given.")
    private @Nullable Path body;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Times.Point.class,
            description = "Signs as of this time, as in 2030-01-31T12:00:00Z; now unless given.")
    private @Nullable Instant at;

    @Option(
            names = "--header-prefix",
            paramLabel = "WORD",
            description = "What the headers' names begin with; x-thegrid unless given.")
    private String prefix = "x-thegrid";

    SignCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        byte[] content = content();
        Ed25519SecretKey key = Ed25519SecretKey.parse(
                SecretInput.read(terminal, "the private key").reveal());
        if (key == null) {
            throw Failure.misused("The private key must be the base64 of 32 bytes, as keys generate prints it");
        }
        Map<String, String> headers = headers(key, content);
        if (json.isWanted()) {
            JSON.Members object = JSON.object();
            headers.forEach(object::with);
            JSON.print(terminal.out(), object);
        } else {
            headers.forEach((name, value) -> terminal.out().println(name + ": " + value));
        }
        return ExitCode.OK;
    }

    private byte[] content() {
        if (body == null) {
            return new byte[0];
        }
        try (var in = Files.newInputStream(body)) {
            byte[] content = in.readNBytes(LARGEST_BODY + 1);
            if (content.length > LARGEST_BODY) {
                throw Failure.misused("--body: the file is larger than any API takes");
            }
            return content;
        } catch (IOException e) {
            throw Failure.misused("--body: the file cannot be read");
        }
    }

    private Map<String, String> headers(Ed25519SecretKey key, byte[] content) {
        try {
            return RequestSignature.of(key, at == null ? Instant.now() : at, method, target, content)
                    .headers(prefix);
        } catch (IllegalArgumentException e) {
            throw Failure.misused(
                    "METHOD must be in upper case, TARGET a path with percent-encoding and perhaps a query, and the time"
                            + " from 2001 to 2286");
        }
    }
}
