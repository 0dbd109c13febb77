package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.AccountKeys;
import dev.portcullis.auth.apikey.Actor;
import dev.portcullis.auth.apikey.KeyRefusal;
import dev.portcullis.auth.apikey.KeyRefusedException;
import java.util.UUID;

/** An open store, and what an operator can do with the keys in it. */
final class Desk implements AutoCloseable {

    private final Stores.Opened opened;
    private final APIKeys keys;
    private final Actor actor;
    private final String prefix;

    private Desk(Stores.Opened opened, APIKeys keys, Actor actor, String prefix) {
        this.prefix = prefix;
        this.opened = opened;
        this.keys = keys;
        this.actor = actor;
    }

    /** Opens the store, for one operator. */
    static Desk open(Stores stores, StoreOptions options, Terminal terminal) {
        return open(stores, options, terminal, APIKeys.builder());
    }

    /** Opens the store, with settings for issuing. */
    static Desk open(Stores stores, StoreOptions options, Terminal terminal, APIKeys.Builder settings) {
        options.check();
        Actor actor = options.actor();
        checkPrefix(options.keyPrefix());
        Stores.Opened opened = stores.open(options, terminal);
        APIKeys keys =
                settings.prefix(options.keyPrefix()).store(opened.store()).build();
        return new Desk(opened, keys, actor, options.keyPrefix());
    }

    private static void checkPrefix(String prefix) {
        if (!prefix.matches("[a-z][a-z0-9]*")) {
            throw Failure.misused("--key-prefix: write a lower-case letter, then lower-case letters and digits");
        }
    }

    APIKeys keys() {
        return keys;
    }

    APIKeyStore store() {
        return opened.store();
    }

    /** The same rules for keys that are stored nowhere. */
    APIKeys rehearsal() {
        return APIKeys.builder().prefix(prefix).store(StoreView.forgetting()).build();
    }

    Actor actor() {
        return actor;
    }

    /** The keys of an account. */
    AccountKeys account(String owner) {
        return keys.ofAccount(owner, actor);
    }

    /** A key of whatever account. */
    APIKey key(UUID id) {
        APIKey key = keys.get(id);
        if (key == null) {
            throw KeyRefusedException.of(KeyRefusal.NOT_FOUND);
        }
        return key;
    }

    @Override
    public void close() {
        opened.close();
    }
}
