package dev.portcullis.auth.cli;

import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.KeyRefusal;
import dev.portcullis.auth.apikey.KeyRefusedException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portcullis keys revoke}. */
@Command(
        name = "revoke",
        description = {
            "Revokes a key, for good and everywhere. One that is revoked already stays as it is.",
            "",
            "With --leaked the whole key, as it was found, is read from standard input or asked for."
        })
final class RevokeCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private final JSONOption json = new JSONOption();

    @Mixin
    private final StoreOptions store;

    @Parameters(paramLabel = "ID", arity = "0..1", converter = KeyID.class, description = "The key's identifier.")
    private @Nullable UUID id;

    @Option(names = "--leaked", description = "Reads the key that was found in public, instead of ID.")
    private boolean leaked;

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    RevokeCommand(Terminal terminal, Stores stores) {
        this.terminal = terminal;
        this.store = new StoreOptions(terminal, stores);
    }

    @Override
    public Integer call() {
        if (leaked == (id != null)) {
            throw Failure.misused("Give the key's identifier, or --leaked to read the key itself");
        }
        try (Desk desk = store.open()) {
            APIKey revoked = id == null ? found(desk) : named(desk, id);
            new Answer(terminal, json).key(revoked);
        }
        return ExitCode.OK;
    }

    private APIKey named(Desk desk, UUID named) {
        APIKey key = desk.key(named);
        if (key.revokedAt() == null) {
            confirmation.ask(terminal, "Revoke", key);
        }
        return desk.account(key.owner()).revoke(named);
    }

    /** Whoever has found a key in public need not be asked. */
    private APIKey found(Desk desk) {
        SecretText plaintext = SecretInput.read(terminal, "the key");
        APIKey key = desk.hashingAsTheStoreDoes().keys().revokeLeaked(plaintext, desk.actor());
        if (key == null) {
            throw KeyRefusedException.of(KeyRefusal.NOT_FOUND);
        }
        return key;
    }
}
