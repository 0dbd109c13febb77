package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AddResult;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.AuditNote;
import dev.portcullis.auth.apikey.AuditRecord;
import dev.portcullis.auth.apikey.Idempotency;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.apikey.RotateResult;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.signature.SigningKeyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keys in a database: H2 or PostgreSQL, through any {@link DataSource}. The tables must be there: see
 * {@link Migrations}.
 *
 * <p>What has been answered is on the disk: it survives the death of the process and, but for {@link #touch}, that of the
 * machine. Several nodes can share one PostgreSQL. An H2 has one process, and in it one store, which nothing writes
 * beside but the stores that it gives for {@linkplain #sessions sessions}, {@linkplain #accounts accounts} and
 * {@linkplain #signingKeys signing keys}: give it a database of its own. This store asks the database every time: it is
 * never behind, and costs a round trip; {@link dev.portcullis.auth.apikey.CachedAPIKeyStore} keeps copies near by.
 *
 * <p>Every statement has a time-out. So has the network, a little longer, unless the pool or the driver sets one. How long
 * to wait for a connection is a setting of the pool: keep it short, for requests wait that long while the database is
 * away. So is {@code cancelSignalTimeout} one of PostgreSQL's driver, 10 seconds unless set: how long a request waits on
 * for a server that hangs to hear that a statement is given up. Set it to 1 or 2.
 */
public final class JDBCAPIKeyStore implements APIKeyStore {

    /** How much longer statements may take that look at, or write, thousands of keys. */
    private static final int PATIENCE = 20;

    private final Connections connections;
    private final Connections patient;
    private final RequestTable requests = new RequestTable();

    private JDBCAPIKeyStore(Connections connections, int timeoutSeconds) {
        this.connections = connections;
        this.patient = connections.within(timeoutSeconds * PATIENCE);
    }

    /**
     * Starts the settings.
     *
     * @param dataSource the database; a pool
     * @return a builder that needs nothing more
     */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    @Override
    public @Nullable APIKey find(SHA256 hash) {
        return connections.read(statements -> KeyTable.byHash(statements, hash));
    }

    @Override
    public @Nullable APIKey findAny(List<SHA256> hashes) {
        return hashes.isEmpty() ? null : connections.read(statements -> KeyTable.byFirstOf(statements, hashes));
    }

    @Override
    public @Nullable APIKey get(UUID id) {
        return connections.read(statements -> KeyTable.byID(statements, id));
    }

    @Override
    public List<APIKey> list(@Nullable String owner, @Nullable UUID before, int limit) {
        if (owner != null && !StorableText.isOne(owner)) {
            return List.of();
        }
        return connections.read(statements -> KeyTable.list(statements, owner, before, limit));
    }

    @Override
    public AddResult add(APIKey key, AddTerms terms, AuditNote note) {
        AddResult result = connections.together(statements -> add(statements, key, terms, note));
        if (terms.idempotency() != null) {
            requests.cleanIfDue(connections, note.at());
        }
        return result;
    }

    private static AddResult add(Statements statements, APIKey key, AddTerms terms, AuditNote note)
            throws SQLException {
        Idempotency idempotency = terms.idempotency();
        boolean limited = terms.maximumKeys() < Integer.MAX_VALUE;
        if (limited || idempotency != null) {
            OwnerTable.takeTurn(statements, key.owner());
        }
        if (idempotency != null) {
            AddResult before = RequestTable.answerTo(statements, key.owner(), idempotency, note.at());
            if (before != null) {
                return before;
            }
        }
        if (limited && KeyTable.countIssued(statements, key.owner(), note.at()) >= terms.maximumKeys()) {
            return new AddResult.TooMany();
        }
        KeyTable.insert(statements, key);
        AuditTable.add(statements, note, note.action(), key);
        if (idempotency != null) {
            RequestTable.remember(statements, key, idempotency);
        }
        return new AddResult.Added();
    }

    @Override
    public Set<UUID> addAll(List<APIKey> keys, AuditNote note) {
        return keys.isEmpty() ? Set.of() : patient.together(new KeyBatch(keys, note)::add);
    }

    @Override
    public @Nullable APIKey change(UUID id, KeyChange change, AuditNote note) {
        return replace(id, change::appliedTo, note);
    }

    @Override
    public @Nullable APIKey revoke(UUID id, AuditNote note) {
        return replace(id, key -> key.revokedAt(note.at()), note);
    }

    /** What does not change is not written down. */
    private @Nullable APIKey replace(UUID id, UnaryOperator<APIKey> change, AuditNote note) {
        return connections.together(statements -> {
            APIKey key = KeyTable.hold(statements, id);
            if (key == null) {
                return null;
            }
            APIKey changed = change.apply(key);
            if (!changed.equals(key)) {
                KeyTable.replace(statements, changed);
                AuditTable.add(statements, note, note.action(), changed);
            }
            return changed;
        });
    }

    @Override
    public RotateResult rotate(UUID id, APIKey successor, Instant overlapEnd, int maximumKeys, AuditNote note) {
        return connections.together(statements -> {
            OwnerTable.takeTurn(statements, successor.owner());
            APIKey key = KeyTable.hold(statements, id);
            RotateResult result = RotateResult.judge(key, successor, note.at());
            if (key == null || result != RotateResult.ROTATED) {
                return result;
            }
            APIKey rotated = key.rotated(successor.id(), overlapEnd);
            if (rotated.isInOverlap(note.at())
                    && KeyTable.countInOverlap(statements, key.owner(), note.at()) >= maximumKeys) {
                return RotateResult.TOO_MANY;
            }
            KeyTable.replace(statements, rotated);
            KeyTable.insert(statements, successor);
            AuditTable.add(statements, note, note.action(), key);
            AuditTable.add(statements, note, AuditAction.ISSUE, successor);
            return result;
        });
    }

    @Override
    public @Nullable APIKey delete(UUID id, AuditNote note) {
        return connections.together(statements -> {
            APIKey key = KeyTable.hold(statements, id);
            if (key != null) {
                KeyTable.delete(statements, id);
                AuditTable.add(statements, note, note.action(), key);
            }
            return key;
        });
    }

    @Override
    public void touch(UUID id, Instant usedAt) {
        connections.<@Nullable Void>write(statements -> {
            KeyTable.touch(statements, id, usedAt);
            return null;
        });
    }

    @Override
    public boolean rehash(UUID id, SHA256 hash, int hashVersion) {
        return connections.together(statements -> KeyTable.rehash(statements, id, hash, hashVersion));
    }

    @Override
    public Map<Integer, Long> countByHashVersion(Instant now) {
        return patient.read(statements -> KeyTable.countByHashVersion(statements, now));
    }

    @Override
    public List<AuditRecord> audit(@Nullable String owner, long before, int limit) {
        if (owner != null && !StorableText.isOne(owner)) {
            return List.of();
        }
        return connections.read(statements -> AuditTable.list(statements, owner, before, limit));
    }

    /**
     * The sessions in the same database. A login or logout that was answered is on the disk; a session whose time has been
     * over for a day is forgotten as others are opened.
     *
     * @return a store that shares this one's connections and time-outs, and on an H2 its turns to write; nothing of it has
     *     to be closed. {@link dev.portcullis.auth.session.CachedSessionStore} keeps copies near by
     */
    public SessionStore sessions() {
        return new JDBCSessionStore(connections);
    }

    /**
     * How accounts stand, in the same database.
     *
     * @return a store like that of the sessions. {@link dev.portcullis.auth.account.CachedAccountStore} keeps copies near by
     */
    public AccountStore accounts() {
        return new JDBCAccountStore(connections);
    }

    /**
     * The signing keys in the same database.
     *
     * @return a store like that of the sessions. {@link dev.portcullis.auth.signature.CachedSigningKeyStore} keeps copies
     *     near by
     */
    public SigningKeyStore signingKeys() {
        return new JDBCSigningKeyStore(connections);
    }

    /** Which kind of database it is, never where. */
    @Override
    public String toString() {
        return "JDBCAPIKeyStore[" + connections.database() + "]";
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {

        private static final Duration SHORTEST = Duration.ofSeconds(1);
        private static final Duration LONGEST = Duration.ofMinutes(5);

        private final DataSource dataSource;
        private Duration statementTimeout = Duration.ofSeconds(3);

        private Builder(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        /**
         * Sets how long a statement may take. Those that look at, or write, thousands of keys may take 20 times as long.
         *
         * @param statementTimeout 3 seconds unless given; whole seconds, from 1 second to 5 minutes
         * @return this builder
         */
        public Builder statementTimeout(Duration statementTimeout) {
            this.statementTimeout = statementTimeout;
            return this;
        }

        /**
         * Makes the store, after a look at the database.
         *
         * @return a store
         * @throws IllegalArgumentException if the time-out is out of range
         * @throws IllegalStateException if the database is neither H2 nor PostgreSQL, or its tables are missing or of an
         *     older version; the message says what to run
         * @throws dev.portcullis.auth.AuthUnavailableException if the database cannot be asked
         */
        public JDBCAPIKeyStore build() {
            if (statementTimeout.compareTo(SHORTEST) < 0
                    || statementTimeout.compareTo(LONGEST) > 0
                    || !statementTimeout.equals(Duration.ofSeconds(statementTimeout.toSeconds()))) {
                throw new IllegalArgumentException(
                        "statementTimeout must be whole seconds, from 1 to 300, not " + statementTimeout);
            }
            int seconds = Math.toIntExact(statementTimeout.toSeconds());
            Connections connections = Connections.to(dataSource, database(), seconds);
            connections.<@Nullable Void>read(statements -> {
                Schema.check(statements, connections.database());
                connections.database().prepare(statements);
                return null;
            });
            return new JDBCAPIKeyStore(connections, seconds);
        }

        private Database database() {
            try (Connection connection = dataSource.getConnection()) {
                return Database.of(connection);
            } catch (SQLException e) {
                throw Outage.of(e, Asked.API_KEYS);
            }
        }
    }
}
