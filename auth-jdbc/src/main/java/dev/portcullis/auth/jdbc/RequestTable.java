package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.AddResult;
import dev.portcullis.auth.apikey.Idempotency;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table of requests that were made once. Only whoever has the owner's turn reads or writes its rows. */
final class RequestTable {

    private static final Logger LOG = LoggerFactory.getLogger(JDBCAPIKeyStore.class);

    private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(10);

    /** What is over is left for a while, so that cleaning meets nobody who replaces it. */
    private static final Duration LEFT_ALONE = Duration.ofHours(1);

    private static final int MOST_AT_ONCE = 1000;

    private final AtomicReference<Instant> nextCleaning = new AtomicReference<>(Instant.MIN);

    private record Remembered(SHA256 request, UUID keyID) {}

    /** What is to be answered to a request that was made before, or null if it counts as new. */
    static @Nullable AddResult answerTo(Statements statements, String owner, Idempotency idempotency, Instant now)
            throws SQLException {
        Remembered before = statements.first(
                row -> new Remembered(SHA256.ofHashed(row.getBytes(1)), row.getObject(2, UUID.class)),
                "select request, key_id from portcullis_key_request"
                        + " where owner = ? and request_key = ? and counts_until > ?",
                owner,
                idempotency.key(),
                now);
        if (before == null) {
            return null;
        }
        return before.request.equals(idempotency.request())
                ? new AddResult.Repeated(before.keyID)
                : new AddResult.OtherRequest();
    }

    /** Keeps what a new request led to, in the place of one that no longer counts. */
    static void remember(Statements statements, APIKey key, Idempotency idempotency) throws SQLException {
        int replaced = statements.update(
                "update portcullis_key_request set request = ?, key_id = ?, counts_until = ?"
                        + " where owner = ? and request_key = ?",
                idempotency.request(),
                key.id(),
                idempotency.until(),
                key.owner(),
                idempotency.key());
        if (replaced == 0) {
            statements.update(
                    "insert into portcullis_key_request (request, key_id, counts_until, owner, request_key)"
                            + " values (?, ?, ?, ?, ?)",
                    idempotency.request(),
                    key.id(),
                    idempotency.until(),
                    key.owner(),
                    idempotency.key());
        }
    }

    /** Now and then removes what has long been over. Trouble with that is nobody's who adds a key. */
    void cleanIfDue(Connections connections, Instant now) {
        Instant due = nextCleaning.get();
        if (now.isBefore(due) || !nextCleaning.compareAndSet(due, now.plus(BETWEEN_CLEANINGS))) {
            return;
        }
        try {
            while (connections.write(statements -> clean(statements, now.minus(LEFT_ALONE))) >= MOST_AT_ONCE) {
                LOG.trace("There is more to be cleaned");
            }
        } catch (AuthUnavailableException e) {
            LOG.debug("Requests that no longer count could not be cleaned; that is tried again", e);
        }
    }

    private static int clean(Statements statements, Instant before) throws SQLException {
        return statements.update(
                "delete from portcullis_key_request where counts_until <= (select max(counts_until) from (select"
                        + " counts_until from portcullis_key_request where counts_until <= ? order by counts_until"
                        + " fetch first ? rows only) oldest)",
                before,
                MOST_AT_ONCE);
    }
}
