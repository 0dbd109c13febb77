package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.Actor;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.AuditRecord;
import dev.portcullis.auth.apikey.KeyRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A time is a moment, wherever the database and the process are: to the millisecond, in every answer the same. */
class TimeZonesTest {

    /** At the ends of summer times, on the other side of the date line, at the ends of what a key can have. */
    private static final List<Instant> MOMENTS = List.of(
            Instant.EPOCH,
            Instant.parse("1970-01-01T00:00:00.001Z"),
            Instant.parse("2026-03-29T01:30:00.999Z"),
            Instant.parse("2026-10-25T00:30:00Z"),
            Instant.parse("2026-10-25T01:30:00Z"),
            Instant.parse("2026-12-31T23:59:59.999Z"),
            Instant.parse("9999-12-31T23:59:59.999Z"));

    private final TimeZone before = TimeZone.getDefault();

    @AfterEach
    void putBack() {
        TimeZone.setDefault(before);
    }

    private static void setZone(TestDatabase database, Database kind, String zone) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        if (kind == Database.POSTGRESQL) {
            database.run("do $$ begin execute 'alter database ' || current_database() || ' set timezone to ''" + zone
                    + "'''; end $$");
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void moments_are_the_same_everywhere(Database kind) {
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            List<APIKey> keys = new ArrayList<>();
            for (String zone : List.of("Pacific/Kiritimati", "Europe/Berlin", "America/St_Johns")) {
                setZone(database, kind, zone);
                try (HikariDataSource pool = TestDatabase.pool(database.url(), settings -> {})) {
                    JDBCAPIKeyStore store = JDBCAPIKeyStore.builder(pool).build();
                    for (Instant moment : MOMENTS) {
                        APIKey key = Keys.some()
                                .createdAt(moment)
                                .lastUsedAt(moment)
                                .expiresAt(moment)
                                .revokedAt(moment)
                                .build();
                        store.add(key, AddTerms.any(), Keys.ISSUE);
                        keys.add(key);
                    }
                    keys.forEach(key -> assertThat(store.find(key.hash())).isEqualTo(key));
                    assertThat(store.audit(null, Long.MAX_VALUE, 1000))
                            .extracting(AuditRecord::at)
                            .containsOnly(Keys.NOW);
                }
            }
        }
    }

    /** What is answered when a key is issued is what is answered later, and the pages between have every key once. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void a_finer_clock_changes_no_answer_later(Database kind) {
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            JDBCAPIKeyStore store = database.store();
            Clock clock = Clock.fixed(Instant.parse("2026-11-22T10:00:00.123987654Z"), ZoneOffset.UTC);
            APIKeys issuing = APIKeys.builder().store(store).clock(clock).build();
            List<APIKey> issued = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                issued.add(
                        0,
                        issuing.ofAccount("account-1", Actor.APPLICATION)
                                .issue(KeyRequest.named("key " + i)
                                        .expiresAt(clock.instant()
                                                .plus(Duration.ofDays(1))
                                                .plusNanos(i)))
                                .key());
            }
            List<APIKey> paged = new ArrayList<>();
            List<APIKey> page = store.list("account-1", null, 4);
            while (!page.isEmpty()) {
                paged.addAll(page);
                page = store.list("account-1", page.get(page.size() - 1).id(), 4);
            }
            assertThat(paged).isEqualTo(issued);
            issued.forEach(key -> assertThat(store.get(key.id()))
                    .isEqualTo(key)
                    .extracting(APIKey::createdAt, APIKey::expiresAt)
                    .containsExactly(key.createdAt(), key.expiresAt()));
        }
    }
}
