package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.session.Session;
import dev.portcullis.auth.session.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions in a database. With PostgreSQL the end of a session is told to {@link PostgreSQLChangeNotices}. Sessions whose
 * time has been over for a day are forgotten as others are opened, at most a thousand at a time.
 */
final class JDBCSessionStore implements SessionStore {

    private static final Logger LOG = LoggerFactory.getLogger(JDBCSessionStore.class);

    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(10);

    private static final int MOST_AT_ONCE = 1000;

    private final Connections connections;
    private final AtomicReference<Instant> nextSweep = new AtomicReference<>(Instant.MIN);

    JDBCSessionStore(Connections connections) {
        this.connections = connections.about(Asked.SESSIONS);
    }

    @Override
    public @Nullable Session find(SHA256 hash) {
        return connections.read(statements -> SessionTable.byHash(statements, hash));
    }

    /** Those who open sessions for one account take turns, so that there are never more than it may have. */
    @Override
    public void add(Session session, int maximum) {
        connections.<@Nullable Void>together(statements -> {
            OwnerTable.takeTurn(statements, session.account());
            SessionTable.insert(statements, session);
            SessionTable.endSurplus(statements, session, maximum);
            return null;
        });
        sweepIfDue(session.createdAt());
    }

    /** Trouble with that is nobody's who opens a session. */
    private void sweepIfDue(Instant now) {
        Instant due = nextSweep.get();
        if (now.isBefore(due) || !nextSweep.compareAndSet(due, now.plus(BETWEEN_SWEEPS))) {
            return;
        }
        try {
            int forgotten = connections.write(
                    statements -> SessionTable.forget(statements, now.minus(KEPT_AFTER_EXPIRY), MOST_AT_ONCE));
            if (forgotten == MOST_AT_ONCE) {
                nextSweep.set(now);
            }
        } catch (AuthUnavailableException e) {
            LOG.debug("Sessions that are over could not be forgotten; that is tried again", e);
        }
    }

    @Override
    public List<Session> list(String account, Instant now) {
        return StorableText.isOne(account)
                ? connections.read(statements -> SessionTable.list(statements, account, now))
                : List.of();
    }

    @Override
    public boolean end(String account, UUID id) {
        return StorableText.isOne(account)
                && connections.together(statements -> SessionTable.end(statements, account, id));
    }

    @Override
    public int endAllOfKey(UUID keyID) {
        return connections.together(statements -> SessionTable.endAllOfKey(statements, keyID));
    }

    @Override
    public int endAllOfAccount(String account) {
        return StorableText.isOne(account)
                ? connections.together(statements -> SessionTable.endAllOfAccount(statements, account))
                : 0;
    }

    @Override
    public void rehashKey(UUID keyID, SHA256 keyHash) {
        connections.<@Nullable Void>together(statements -> {
            SessionTable.rehashKey(statements, keyID, keyHash);
            return null;
        });
    }

    /** Which kind of database it is, never where. */
    @Override
    public String toString() {
        return "JDBCSessionStore[" + connections.database() + "]";
    }
}
