package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Contract section 4: the last use is written "at most once a minute for a key", however often it is used. */
class LastUseTest {

    private static final int MINUTES = 5;

    /** Ten thousand requests a second. */
    private static final Duration BETWEEN_REQUESTS = Duration.ofNanos(100_000);

    private record Bearer(String key) implements AuthRequest {

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public List<String> headers(String name) {
            return name.equals("authorization") ? List.of("Bearer " + key) : List.of();
        }
    }

    /** The database counts what is written to it: one write in each minute, and the first use at once. */
    @Test
    void ten_thousand_uses_a_second_are_one_write_a_minute() {
        try (TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL)) {
            database.run(
                    "create table written (at timestamp with time zone)",
                    "create function count_writes() returns trigger language plpgsql as"
                            + " $$ begin insert into written values (new.last_used_at); return null; end $$",
                    "create trigger count_writes after update on portcullis_api_key"
                            + " for each row execute function count_writes()");
            SettableClock clock = SettableClock.at(Keys.NOW);
            JDBCAPIKeyStore store = database.store();
            IssuedAPIKey issued = APIKeys.builder()
                    .store(store)
                    .clock(clock)
                    .build()
                    .issue("account-1", "busy", Environment.LIVE, Set.of(), null);
            use(store, clock, issued.plaintext());
            APIKey key = Objects.requireNonNull(store.get(issued.key().id()));
            assertThat(Duration.between(Keys.NOW, key.lastUsedAt()))
                    .isBetween(Duration.ZERO, Duration.ofMinutes(MINUTES));
            int writes = Integer.parseInt(database.ask("select count(*) from written"));
            assertThat(writes).as("the first use, and the last").isBetween(2, MINUTES + 1);
            assertThat(database.ask("select count(*) from written a, written b"
                            + " where a.at < b.at and b.at - a.at < interval '1 minute'"))
                    .isEqualTo("0");
        }
    }

    private static boolean wasUsed(JDBCAPIKeyStore store) {
        return store.list(null, null, 1).get(0).lastUsedAt() != null;
    }

    private static void use(JDBCAPIKeyStore store, SettableClock clock, String plaintext) {
        Bearer request = new Bearer(plaintext);
        Instant end = Keys.NOW.plus(Duration.ofMinutes(MINUTES));
        try (CachedAPIKeyStore copies = CachedAPIKeyStore.over(store).build();
                APIKeyAuthentication method = APIKeyAuthentication.builder()
                        .store(copies)
                        .clock(clock)
                        .build()) {
            assertThat(method.authenticate(request)).isInstanceOf(Outcome.Authenticated.class);
            await().until(() -> wasUsed(store));
            while (clock.instant().isBefore(end)) {
                clock.advance(BETWEEN_REQUESTS);
                method.authenticate(request);
            }
        }
    }
}
