package dev.portcullis.auth.cli;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.AccountKeys;
import dev.portcullis.auth.apikey.KeyHashing;
import dev.portcullis.auth.apikey.KeyRefusal;
import dev.portcullis.auth.apikey.KeyRefusedException;
import java.util.List;
import java.util.UUID;

/** An open store, and what an operator can do with the keys in it. */
final class Desk implements AutoCloseable {

    private final Stores.Opened opened;
    private final APIKeys keys;
    private final Actor actor;
    private final String prefix;
    private final KeyHashing hashing;

    private Desk(Stores.Opened opened, APIKeys keys, Actor actor, String prefix, KeyHashing hashing) {
        this.prefix = prefix;
        this.hashing = hashing;
        this.opened = opened;
        this.keys = keys;
        this.actor = actor;
    }

    /** Opens the store for one operator, with settings for issuing. */
    static Desk open(Stores stores, StoreOptions options, Terminal terminal, APIKeys.Builder settings) {
        options.check();
        Actor actor = options.actor();
        checkPrefix(options.keyPrefix());
        KeyHashing hashing = options.hashing();
        Stores.Opened opened = stores.open(options, terminal);
        APIKeys keys = settings.prefix(options.keyPrefix())
                .hashing(hashing)
                .store(opened.store())
                .build();
        return new Desk(opened, keys, actor, options.keyPrefix(), hashing);
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

    KeyHashing hashing() {
        return hashing;
    }

    boolean hasPepper() {
        return hashing.version() > 0;
    }

    /**
     * Refuses to make or judge keys without the pepper on which those of this store stand: the new ones would not work,
     * and the others not be found.
     */
    Desk hashingAsTheStoreDoes() {
        List<APIKey> newest = keys.list(null, 1);
        if (!hasPepper() && !newest.isEmpty() && newest.get(0).hashVersion() > 0) {
            throw Failure.misused("The keys of this store stand on a pepper: give --pepper-file");
        }
        return this;
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
