package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.signature.SigningKey;
import dev.portcullis.auth.signature.SigningKeyAction;
import dev.portcullis.auth.signature.SigningKeyAddition;
import dev.portcullis.auth.signature.SigningKeyNote;
import dev.portcullis.auth.signature.SigningKeyRecord;
import dev.portcullis.auth.signature.SigningKeyStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Signing keys in a database. With PostgreSQL deletions are told in the transaction that makes them, so that
 * {@link PostgreSQLChangeNotices} hears of them.
 */
final class JDBCSigningKeyStore implements SigningKeyStore {

    private final Connections connections;

    JDBCSigningKeyStore(Connections connections) {
        this.connections = connections.about(Asked.SIGNING_KEYS);
    }

    @Override
    public @Nullable SigningKey find(SHA256 fingerprint) {
        return connections.read(statements -> SigningKeyTable.byFingerprint(statements, fingerprint));
    }

    @Override
    public @Nullable SigningKey get(UUID id) {
        return connections.read(statements -> SigningKeyTable.byID(statements, id));
    }

    @Override
    public List<SigningKey> list(String owner, @Nullable UUID before, int limit) {
        if (!StorableText.isOne(owner)) {
            return List.of();
        }
        return connections.read(statements -> SigningKeyTable.list(statements, owner, before, limit));
    }

    @Override
    public SigningKeyAddition add(SigningKey key, int maximumKeys, SigningKeyNote note) {
        return connections.together(statements -> add(statements, key, maximumKeys, note));
    }

    private static SigningKeyAddition add(Statements statements, SigningKey key, int maximumKeys, SigningKeyNote note)
            throws SQLException {
        OwnerTable.takeTurn(statements, key.owner());
        if (SigningKeyTable.byFingerprint(statements, key.fingerprint()) != null) {
            return SigningKeyAddition.ALREADY_REGISTERED;
        }
        if (SigningKeyTable.count(statements, key.owner()) >= maximumKeys) {
            return SigningKeyAddition.TOO_MANY;
        }
        if (SigningKeyTable.byID(statements, key.id()) != null) {
            throw new IllegalArgumentException("A key with the identifier of " + key + " is there");
        }
        try {
            SigningKeyTable.insert(statements, key);
            SigningAuditTable.add(statements, note, SigningKeyAction.REGISTER, key);
            return SigningKeyAddition.ADDED;
        } catch (SQLException e) {
            // another account has registered the key at the same moment: begun anew, it is seen
            throw Outage.isDuplicate(e) ? Outage.lostRace() : e;
        }
    }

    @Override
    public @Nullable SigningKey delete(String owner, UUID id, SigningKeyNote note) {
        if (!StorableText.isOne(owner)) {
            return null;
        }
        return connections.<@Nullable SigningKey>together(statements -> {
            SigningKey key = SigningKeyTable.hold(statements, owner, id);
            if (key != null) {
                SigningKeyTable.delete(statements, id);
                SigningAuditTable.add(statements, note, SigningKeyAction.DELETE, key);
            }
            return key;
        });
    }

    @Override
    public void touch(UUID id, Instant usedAt) {
        connections.<@Nullable Void>write(statements -> {
            SigningKeyTable.touch(statements, id, usedAt);
            return null;
        });
    }

    @Override
    public List<SigningKeyRecord> audit(@Nullable String owner, long before, int limit) {
        if (owner != null && !StorableText.isOne(owner)) {
            return List.of();
        }
        return connections.read(statements -> SigningAuditTable.list(statements, owner, before, limit));
    }

    /** Which kind of database it is, never where. */
    @Override
    public String toString() {
        return "JDBCSigningKeyStore[" + connections.database() + "]";
    }
}
