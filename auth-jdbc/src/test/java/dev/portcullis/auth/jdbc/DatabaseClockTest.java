package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The clock of a PostgreSQL steps by an hour, while those of the nodes are right. */
@Timeout(120)
class DatabaseClockTest {

    private static final Pattern TIME = Pattern.compile(
            "\\bnow\\(\\)|current_timestamp|localtimestamp|\\w+_timestamp\\(\\)", Pattern.CASE_INSENSITIVE);

    /** What its scripts know as {@code now()} is another hour's; nobody can set the clock of a server in a test. */
    private static TestDatabase stepped(String by) {
        TestDatabase database = TestDatabase.empty(Database.POSTGRESQL);
        database.run(
                "create schema stepped",
                "create function stepped.now() returns timestamptz stable language sql as"
                        + " $$ select pg_catalog.now() + interval '" + by + "' $$",
                "do $$ begin execute format('alter database %I set search_path = public, stepped, pg_catalog',"
                        + " current_database()); end $$");
        database.pool().getHikariPoolMXBean().softEvictConnections();
        Migrations.migrate(database.pool());
        return database;
    }

    private static PostgreSQLChangeNotices notices(TestDatabase database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        return PostgreSQLChangeNotices.builder(source).build();
    }

    /** A copy would last for an hour if nothing were told. */
    private static CachedSessionStore node(JDBCAPIKeyStore keys, PostgreSQLChangeNotices notices) {
        return CachedSessionStore.over(keys.sessions())
                .notices(notices)
                .lifetimeWithNotices(Duration.ofHours(1))
                .build();
    }

    /** Half an hour before its time is over: by the database's clock it may have been over for half an hour. */
    @ParameterizedTest
    @ValueSource(strings = {"1 hour", "-1 hour"})
    void a_session_that_one_node_ends_is_dead_on_the_other(String step) {
        try (TestDatabase database = stepped(step);
                PostgreSQLChangeNotices heardHere = notices(database);
                PostgreSQLChangeNotices heardThere = notices(database)) {
            JDBCAPIKeyStore keys = database.store();
            try (CachedSessionStore here = node(keys, heardHere);
                    CachedSessionStore there = node(keys, heardThere)) {
                Session session = SomeSessions.until(SomeSessions.NOW.plus(Duration.ofMinutes(30)));
                here.add(session, 10);
                await().during(Duration.ofMillis(300)).until(() -> session.equals(there.find(session.hash())));
                assertThat(there.list("alice", Instant.now())).containsExactly(session);

                assertThat(here.end("alice", session.id())).isTrue();

                await().untilAsserted(
                                () -> assertThat(there.find(session.hash())).isNull());
            }
            assertThat(database.ask("select now() > pg_catalog.now()")).isEqualTo(step.startsWith("-") ? "f" : "t");
        }
    }

    /** All times are the nodes' own; the one exception is looked at above. */
    @Test
    void nothing_else_asks_the_database_for_the_time() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
            List<String> asking = files.filter(Files::isRegularFile)
                    .flatMap(file -> read(file)
                            .filter(line -> TIME.matcher(line).find())
                            .map(line -> file.getFileName() + ": " + line.strip()))
                    .toList();

            assertThat(asking)
                    .containsExactly(
                            "V2__sessions.sql: " + "for each row when (old.expires_at > now() - interval '1 hour')");
        }
    }

    private static Stream<String> read(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
