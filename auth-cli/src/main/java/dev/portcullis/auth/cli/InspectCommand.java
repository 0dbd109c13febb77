package dev.portcullis.auth.cli;

import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.jwt.KeySetReport;
import dev.portcullis.auth.jwt.TokenInspection;
import dev.portcullis.auth.jwt.TokenInspector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portcullis token inspect}. */
@Command(
        name = "inspect",
        description = {
            "Shows what a token says, and what an API would answer to it and why.",
            "",
            "The token is read from standard input, or asked for without being shown. It is sent nowhere; its"
                    + " signature is not printed. Without --jwks the signature is not checked, and all that is shown"
                    + " is UNVERIFIED: anybody's words."
        })
final class InspectCommand implements Callable<Integer> {

    private static final Pattern API_KEY = Pattern.compile("[a-z][a-z0-9]*_(live|test)_.*", Pattern.DOTALL);

    private final Terminal terminal;

    @Mixin
    private final JSONOption json = new JSONOption();

    @Option(
            names = "--jwks",
            paramLabel = "FILE|URL",
            description = "The issuer's JWK Set: a file, https://..., or http:// on a loopback address.")
    private @Nullable String jwks;

    @Option(names = "--issuer", paramLabel = "NAME", description = "The exact iss that the API trusts.")
    private @Nullable String issuer;

    @Option(
            names = "--audience",
            paramLabel = "NAME",
            split = ",",
            description = "The API's names in aud, of which the token needs one; separated by commas.")
    private List<String> audiences = new ArrayList<>();

    @Option(names = "--accept-any-audience", description = "The API takes tokens whatever their aud is.")
    private boolean anyAudience;

    @Option(
            names = "--authorized-parties",
            paramLabel = "NAME",
            split = ",",
            description = "The azp that the API takes; separated by commas. Not looked at unless given.")
    private List<String> authorizedParties = new ArrayList<>();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Times.Point.class,
            description = "Judges as of this time, as in 2030-01-31T12:00:00Z; now unless given.")
    private @Nullable Instant at;

    InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (anyAudience && !audiences.isEmpty()) {
            throw Failure.misused("Both --audience and --accept-any-audience are given: keep one");
        }
        Instant now = at == null ? Instant.now() : at;
        TokenInspector inspector = inspector(now);
        SecretText token = SecretInput.read(terminal, "the token");
        if (API_KEY.matcher(token.reveal()).matches()) {
            throw Failure.misused("This is an API key and no token: see portcullis keys verify");
        }
        TokenInspection inspection = inspector.inspect(token);
        TokenView view = new TokenView(inspection, now);
        if (json.isWanted()) {
            JSON.print(terminal.out(), view.asJSON());
        } else {
            view.lines(terminal.style()).forEach(terminal.out()::println);
        }
        return exitCode(inspection);
    }

    private TokenInspector inspector(Instant now) throws InterruptedException {
        TokenInspector inspector = TokenInspection.builder().clock(() -> now);
        if (jwks != null) {
            inspector.keys(keys(jwks));
        }
        if (issuer != null) {
            inspector.issuer(issuer);
        }
        if (anyAudience) {
            inspector.acceptAnyAudience();
        }
        return inspector
                .audience(audiences.toArray(String[]::new))
                .authorizedParties(authorizedParties.toArray(String[]::new));
    }

    private static KeySetReport keys(String place) throws InterruptedException {
        return KeySetSource.read(place);
    }

    private static int exitCode(TokenInspection inspection) {
        if (inspection.reason() == Reason.SIGNING_KEYS_UNAVAILABLE) {
            return ExitCode.UNAVAILABLE;
        }
        return switch (inspection.verdict()) {
            case LET_IN -> ExitCode.OK;
            case REFUSED -> ExitCode.REFUSED;
            case UNDECIDED -> ExitCode.UNDECIDED;
        };
    }
}
