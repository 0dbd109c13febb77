package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.AddResult;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.RotateResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the tables come to be, and that nothing starts without them. */
class MigrationsTest {

    private static final List<String> NAMES =
            List.of("V1__api_keys.sql", "V2__sessions.sql", "V3__signing_keys.sql", "V4__signing_key_audit.sql");

    private static final int SCRIPTS = NAMES.size();

    @ParameterizedTest
    @EnumSource(Database.class)
    void scripts_run_once(Database kind) {
        try (TestDatabase database = TestDatabase.empty(kind)) {
            assertThat(Migrations.migrate(database.pool())).isEqualTo(SCRIPTS);
            assertThat(Migrations.migrate(database.pool())).isZero();
            assertThat(database.store().list(null, null, 1)).isEmpty();
        }
    }

    /** An application's own tables and migrations are left alone. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void there_is_room_beside_other_tables(Database kind) {
        try (TestDatabase database = TestDatabase.empty(kind)) {
            database.run("create table flyway_schema_history (version integer)", "create table customer (id integer)");
            assertThat(Migrations.migrate(database.pool())).isEqualTo(SCRIPTS);
            assertThat(database.ask("select count(*) from flyway_schema_history"))
                    .isEqualTo("0");
            assertThat(database.ask("select count(*) from " + quoted(kind, Migrations.HISTORY) + " where "
                            + quoted(kind, "type") + " = 'SQL'"))
                    .isEqualTo(String.valueOf(SCRIPTS));
        }
    }

    private static String quoted(Database kind, String name) {
        return kind == Database.H2 ? '"' + name + '"' : name;
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void a_start_without_tables_says_what_to_run(Database kind) {
        try (TestDatabase database = TestDatabase.empty(kind)) {
            assertThatThrownBy(database::store)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("There is no Portcullis schema in this database: call Migrations.migrate(dataSource),"
                            + " or run the scripts in portcullis-schema/"
                            + kind.name().toLowerCase(Locale.ROOT)
                            + " of the auth-jdbc jar, in order");
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void a_start_with_old_tables_says_what_to_run(Database kind) {
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            database.run("update portcullis_schema set version = -1");
            assertThatThrownBy(database::store)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("The Portcullis schema has version -1 and should have " + Schema.VERSION)
                    .hasMessageContaining("Migrations.migrate(dataSource)");
            database.run("update portcullis_schema set version = 1000");
            database.store();
        }
    }

    /** The scripts are plain SQL: here nothing runs them but a statement. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void any_tool_can_run_the_scripts(Database kind) {
        try (TestDatabase database = TestDatabase.empty(kind)) {
            NAMES.forEach(name -> database.run(script(kind, name)));
            assertThat(database.store().list(null, null, 1)).isEmpty();
            assertThat(Migrations.migrate(database.pool()))
                    .as("taken as they are")
                    .isZero();
        }
    }

    /** Keys that were there before may be used from everywhere, and nodes of the version before can still add some. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void keys_of_the_version_before_have_no_allow_list(Database kind) {
        try (TestDatabase database = TestDatabase.empty(kind)) {
            database.run(script(kind, "V1__api_keys.sql"));
            String insert = "insert into portcullis_api_key (id, hash, hash_version, owner, name, key_prefix, scopes,"
                    + " created_at) values ('%s', " + (kind == Database.H2 ? "X'%s'" : "'\\x%s'")
                    + ", 0, 'alice', 'CI', 'grd_live_01234567', " + (kind == Database.H2 ? "array[]" : "'{}'")
                    + ", current_timestamp)";
            String first = "11111111-1111-4111-8111-111111111111";
            String second = "22222222-2222-4222-8222-222222222222";
            database.run(insert.formatted(first, "01".repeat(32)));
            assertThat(Migrations.migrate(database.pool())).isEqualTo(SCRIPTS - 1);
            database.run(insert.formatted(second, "02".repeat(32)));
            for (String id : List.of(first, second)) {
                assertThat(Objects.requireNonNull(database.store().get(UUID.fromString(id)))
                                .allowList()
                                .isEverywhere())
                        .isTrue();
            }
        }
    }

    private static String script(Database kind, String name) {
        try (InputStream file =
                Objects.requireNonNull(MigrationsTest.class.getResourceAsStream("/" + kind.scripts() + "/" + name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Killed at its first start, after any statement: H2 does not undo those before. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void in_files_a_script_that_was_stopped_half_way_is_run_again(int version) {
        String script = script(Database.H2, NAMES.get(version - 1));
        for (int end = script.indexOf(';'); end != script.lastIndexOf(';'); end = script.indexOf(';', end + 1)) {
            try (TestDatabase database = TestDatabase.empty(Database.H2)) {
                for (String name : NAMES.subList(0, version - 1)) {
                    database.run(script(Database.H2, name));
                }
                database.run(script.substring(0, end));
                Migrations.migrate(database.pool());
                assertThat(database.store().signingKeys().audit(null, Long.MAX_VALUE, 1))
                        .isEmpty();
                assertThat(database.ask("select max(version) from portcullis_schema"))
                        .isEqualTo(String.valueOf(Schema.VERSION));
            }
        }
    }

    /** Who owns the tables made them; the application only reads and writes, and asks for migrations at each start. */
    @Test
    void a_user_without_the_right_to_create_anything_works_with_tables_that_are_there() {
        try (TestDatabase database = TestDatabase.empty(Database.POSTGRESQL)) {
            database.run(
                    "create role clerk login",
                    "revoke create on schema public from public",
                    "grant usage on schema public to clerk");
            try (var clerks =
                    TestDatabase.pool(database.url().replace("user=postgres", "user=clerk"), settings -> {})) {
                assertThatThrownBy(() -> Migrations.migrate(clerks)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> JDBCAPIKeyStore.builder(clerks).build())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("There is no Portcullis schema");
                Migrations.migrate(database.pool());
                assertThatThrownBy(() -> JDBCAPIKeyStore.builder(clerks).build())
                        .isInstanceOf(AuthUnavailableException.class)
                        .cause()
                        .hasMessageStartingWith("The database user lacks a right");
                database.run(
                        "grant select on all tables in schema public to clerk",
                        "grant insert on portcullis_key_audit to clerk",
                        "grant insert, update, delete on portcullis_api_key, portcullis_key_owner, portcullis_key_request"
                                + " to clerk");
                assertThat(Migrations.migrate(clerks)).isZero();
                assertWholeLife(JDBCAPIKeyStore.builder(clerks).build());
            } finally {
                database.run("drop owned by clerk", "drop role clerk");
            }
        }
    }

    private static void assertWholeLife(JDBCAPIKeyStore store) {
        APIKey key = Keys.some().build();
        assertThat(store.add(key, new AddTerms(9, null), Keys.ISSUE)).isEqualTo(new AddResult.Added());
        assertThat(store.rotate(key.id(), Keys.some().build(), Keys.NOW, 9, Keys.ROTATE))
                .isEqualTo(RotateResult.ROTATED);
        assertThat(store.revoke(key.id(), Keys.REVOKE)).isNotNull();
        assertThat(store.delete(key.id(), Keys.DELETE)).isNotNull();
        assertThat(store.audit(null, Long.MAX_VALUE, 9)).hasSize(5);
    }

    /** The second comes while the first is at any point of its work. */
    @ParameterizedTest
    @ValueSource(ints = {0, 0, 0, 50, 100})
    void several_nodes_can_start_at_once(int millis) throws Exception {
        try (TestDatabase database = TestDatabase.empty(Database.POSTGRESQL)) {
            ExecutorService nodes = Executors.newFixedThreadPool(4);
            try {
                List<Future<Integer>> running = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    int wait = i * millis / 3;
                    running.add(nodes.submit(() -> {
                        Thread.sleep(wait);
                        return Migrations.migrate(database.pool());
                    }));
                }
                int scripts = 0;
                for (Future<Integer> each : running) {
                    scripts += each.get();
                }
                assertThat(scripts).isEqualTo(SCRIPTS);
            } finally {
                nodes.shutdownNow();
            }
        }
    }

    @Test
    void names_need_a_database_with_every_character() {
        try (TestDatabase database = TestDatabase.empty(Database.POSTGRESQL)) {
            database.run("create database latin template template0 encoding 'LATIN1' locale 'C'");
            try (var latin = TestDatabase.pool(database.url().replaceAll("/test_\\d+", "/latin"), settings -> {})) {
                Migrations.migrate(latin);
                assertThatThrownBy(() -> JDBCAPIKeyStore.builder(latin).build())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("LATIN1")
                        .hasMessageContaining("UTF8");
            }
        }
    }
}
