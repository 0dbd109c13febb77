package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.AddResult;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.AuditAction;
import dev.portcullis.auth.apikey.AuditNote;
import dev.portcullis.auth.apikey.AuditRecord;
import dev.portcullis.auth.apikey.Idempotency;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.apikey.RotateResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The audit is only ever added to, and what is over is removed. */
class AuditAndRequestsTest {

    /** The rights that the documentation gives an application. */
    private static final String[] GRANTS = {
        "drop role if exists portcullis_app",
        "create role portcullis_app login",
        "grant select on portcullis_schema to portcullis_app",
        "grant select, insert, update, delete on portcullis_api_key, portcullis_key_request to portcullis_app",
        "grant select, insert, update on portcullis_key_owner to portcullis_app",
        "grant select, insert on portcullis_key_audit to portcullis_app",
    };

    @Test
    void an_application_needs_no_right_to_change_the_audit() {
        try (TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL)) {
            database.run(GRANTS);
            String url = database.url().replace("user=postgres", "user=portcullis_app");
            try (HikariDataSource pool = TestDatabase.pool(url, settings -> {})) {
                JDBCAPIKeyStore store = JDBCAPIKeyStore.builder(pool).build();
                APIKey key = Keys.some().build();
                APIKey successor = Keys.some().build();
                AddTerms terms = new AddTerms(10, once(Keys.NOW.plusSeconds(9)));
                assertThat(store.add(key, terms, Keys.ISSUE)).isEqualTo(new AddResult.Added());
                assertThat(store.addAll(Keys.some(2), Keys.ISSUE)).hasSize(2);
                store.change(key.id(), KeyChange.nothing().name("New"), Keys.CHANGE);
                assertThat(store.rotate(key.id(), successor, Keys.NOW.plusSeconds(9), 10, Keys.ROTATE))
                        .isEqualTo(RotateResult.ROTATED);
                store.touch(key.id(), Keys.NOW);
                store.rehash(key.id(), Keys.newHash(), 1);
                store.revoke(key.id(), Keys.REVOKE);
                store.delete(key.id(), Keys.DELETE);
                assertThat(store.audit("account-1", Long.MAX_VALUE, 100))
                        .extracting(AuditRecord::action)
                        .containsExactly(
                                AuditAction.DELETE,
                                AuditAction.REVOKE,
                                AuditAction.ISSUE,
                                AuditAction.ROTATE,
                                AuditAction.CHANGE,
                                AuditAction.ISSUE,
                                AuditAction.ISSUE,
                                AuditAction.ISSUE);
            }
        }
    }

    private static Idempotency once(Instant until) {
        return new Idempotency(Keys.newHash(), Keys.newHash(), until);
    }

    /** What was remembered of requests goes a while after it is over, and nothing else. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void requests_that_no_longer_count_are_removed(Database kind) {
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            JDBCAPIKeyStore store = database.store();
            Instant now = Keys.NOW;
            for (Duration left : List.of(Duration.ofHours(-2), Duration.ofMinutes(-59), Duration.ofMinutes(1))) {
                add(store, now.plus(left), now.minusSeconds(86_400));
            }
            add(store, now.plusSeconds(86_400), now.minusSeconds(86_400).plusSeconds(1));
            assertThat(database.ask("select count(*) from portcullis_key_request"))
                    .isEqualTo("4");
            add(store, now.plusSeconds(86_400), now);
            assertThat(database.ask("select count(*) from portcullis_key_request"))
                    .isEqualTo("4");
            add(store, now.plusSeconds(86_400), now.plus(Duration.ofMinutes(9)));
            assertThat(database.ask("select count(*) from portcullis_key_request"))
                    .as("not at every addition")
                    .isEqualTo("5");
            add(store, now.plusSeconds(86_400), now.plus(Duration.ofMinutes(10)));
            assertThat(database.ask("select count(*) from portcullis_key_request"))
                    .isEqualTo("5");
            assertThat(store.list(null, null, 100)).hasSize(7);
        }
    }

    private static void add(JDBCAPIKeyStore store, Instant until, Instant now) {
        AddTerms terms = new AddTerms(100, once(until));
        assertThat(store.add(Keys.some().build(), terms, new AuditNote(AuditAction.ISSUE, Keys.ISSUE.by(), now)))
                .isEqualTo(new AddResult.Added());
    }

    /** However many there are. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void many_requests_are_removed_at_once(Database kind) {
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            database.run("insert into portcullis_key_request (owner, request_key, request, key_id, counts_until)"
                    + (kind == Database.H2
                            ? " select 'a', cast(x as binary(32)), cast(x as binary(32)), random_uuid(),"
                                    + " timestamp with time zone '2026-01-01 00:00:00Z' from system_range(1, 2500)"
                            : " select 'a', sha256(x::text::bytea), sha256(''), gen_random_uuid(), '2026-01-01Z'"
                                    + " from generate_series(1, 2500) x"));
            add(database.store(), Keys.NOW.plusSeconds(9), Keys.NOW);
            assertThat(database.ask("select count(*) from portcullis_key_request"))
                    .isEqualTo("1");
        }
    }
}
