package dev.portcullis.auth.cli;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portcullis keys verify}. */
@Command(
        name = "verify",
        description = {
            "Tells whether an API would let a key in, and why not.",
            "",
            "The key is read from standard input, or asked for without being shown. This does not count as a use."
        })
final class VerifyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final JSONOption json = new JSONOption();

    @Mixin
    private final StoreOptions store;

    @Option(
            names = "--environments",
            paramLabel = "WORD",
            split = ",",
            converter = EnvironmentWord.class,
            completionCandidates = EnvironmentWord.class,
            description = "Which keys the API takes: live, test or live,test; both unless given.")
    private List<Environment> environments = new ArrayList<>();

    @Option(
            names = "--maximum-key-age",
            paramLabel = "TIME",
            converter = Times.Amount.class,
            description = "The API's greatest age of keys, as in 90d; none unless given.")
    private @Nullable Duration maximumAge;

    /** Reads an environment, and tells shells which there are. */
    static final class EnvironmentWord implements ITypeConverter<Environment>, Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Environment.values()).map(Environment::label).iterator();
        }

        @Override
        public Environment convert(String text) {
            try {
                return Environment.of(text);
            } catch (IllegalArgumentException e) {
                throw Failure.misused("write live or test");
            }
        }
    }

    VerifyCommand(Terminal terminal, Stores stores) {
        this.terminal = terminal;
        this.store = new StoreOptions(terminal, stores);
    }

    @Override
    public Integer call() {
        try (Desk desk = store.open()) {
            desk.hashingAsTheStoreDoes();
            SecretText plaintext = SecretInput.read(terminal, "the key");
            AtomicReference<@Nullable APIKey> found = new AtomicReference<>();
            Outcome outcome = outcome(desk, found::set, plaintext);
            Reason reason = outcome instanceof Outcome.Rejected rejected ? rejected.reason() : null;
            // Of a key that is not let in, only its own state is told, and only to who holds all of it.
            print(reason, mayBeTold(reason) ? found.get() : null);
            return reason == null ? ExitCode.OK : ExitCode.REFUSED;
        }
    }

    private Outcome outcome(Desk desk, Consumer<APIKey> found, SecretText plaintext) {
        APIKeyAuthentication.Builder settings = APIKeyAuthentication.builder()
                .store(StoreView.reading(desk.store(), found))
                .hashing(desk.hashing())
                .prefix(store.keyPrefix());
        if (!environments.isEmpty()) {
            settings.environments(environments.toArray(Environment[]::new));
        }
        if (maximumAge != null && !maximumAge.isZero()) {
            settings.maximumKeyAge(maximumAge);
        }
        try (APIKeyAuthentication method = settings.build()) {
            return method.authenticate(new Presented(plaintext));
        }
    }

    private static boolean mayBeTold(@Nullable Reason reason) {
        return reason == null || reason == Reason.API_KEY_REVOKED || reason == Reason.API_KEY_EXPIRED;
    }

    private void print(@Nullable Reason reason, @Nullable APIKey key) {
        Instant now = Instant.now();
        if (json.isWanted()) {
            JSON.print(
                    terminal.out(),
                    JSON.object()
                            .with("let_in", reason == null)
                            .with("status", reason == null ? null : reason.status())
                            .with("detail", reason == null ? null : reason.detail())
                            .with("api_key", key == null ? null : KeyView.asJSON(key, now)));
            return;
        }
        Style style = terminal.style();
        terminal.out()
                .println(
                        reason == null
                                ? style.good("Let in.")
                                : style.bad("Refused: ") + reason.status() + " " + style.bold(reason.detail()));
        if (key != null) {
            terminal.out().println();
            KeyView.details(key, now, style).lines("  ", style).forEach(terminal.out()::println);
        }
    }

    /** A request that bears the key and nothing else. */
    private static final class Presented implements AuthRequest {

        private final List<String> field;

        Presented(SecretText key) {
            this.field = List.of(key.reveal());
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public List<String> headers(String name) {
            return name.equals("x-api-key") ? field : List.of();
        }

        /** Never the key. */
        @Override
        public String toString() {
            return "Presented[redacted]";
        }
    }
}
