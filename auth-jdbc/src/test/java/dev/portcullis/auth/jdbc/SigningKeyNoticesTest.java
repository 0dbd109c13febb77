package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.signature.CachedSigningKeyStore;
import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.signature.ReplayProtection;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import dev.portcullis.auth.signature.SigningKey;
import dev.portcullis.auth.signature.SigningKeyStore;
import dev.portcullis.auth.signature.SigningKeys;
import dev.portcullis.auth.testkit.RequestSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A signing key that one node deletes is refused by the others when that is told; no other way would be as soon. */
class SigningKeyNoticesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL);
    private final SigningKeyStore here = database.store().signingKeys();
    private final SigningKeys keys = SigningKeys.builder().store(here).build();
    private final PostgreSQLChangeNotices notices = PostgreSQLChangeNotices.builder(database.pool())
            .interval(Duration.ofMillis(20))
            .build();

    private final HeardNotices heard = new HeardNotices(notices, SigningKeyStore.CHANGES);

    /** The other node. What it measures ages with hardly moves: no copy ends by itself. */
    private final CachedSigningKeyStore copies = CachedSigningKeyStore.over(
                    database.store().signingKeys())
            .notices(notices)
            .ticker(new AtomicLong()::incrementAndGet)
            .build();

    private final SignedRequestAuthentication there = SignedRequestAuthentication.builder()
            .store(copies)
            .replayProtection(ReplayProtection.OFF)
            .clock(() -> NOW)
            .build();

    @AfterEach
    void close() {
        there.close();
        copies.close();
        notices.close();
        database.close();
    }

    /** A signed request without a body. */
    private record Signed(Map<String, String> fields) implements AuthRequest {

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String target() {
            return "/v1/orders";
        }

        @Override
        public List<String> headers(String name) {
            String value = fields.get(name);
            return value == null ? List.of() : List.of(value);
        }

        @Override
        public byte[] body(int most) {
            return new byte[0];
        }
    }

    private @Nullable Reason reason(AuthRequest request) {
        return there.authenticate(request) instanceof Outcome.Rejected rejected ? rejected.reason() : null;
    }

    @Test
    void what_one_node_deletes_the_other_refuses_when_that_is_told() {
        for (int round = 0; round < 5; round++) {
            RequestSigner signer = RequestSigner.of(Ed25519SecretKey.generate()).clock(() -> NOW);
            AuthRequest request = new Signed(signer.sign("GET", "/v1/orders", new byte[0]));
            SigningKey key = keys.register("alice", "desk", signer.key().publicKey(), Set.of())
                    .key();
            assertThat(reason(request)).isNull();
            there.close(); // and its use is written down
            assertThat(here.get(key.id())).isEqualTo(round == 0 ? key.lastUsedAt(NOW) : key);
            assertThat(heard.untilNow())
                    .as("neither that it is there, nor its use")
                    .isEmpty();
            assertThat(reason(request)).isNull();
            keys.delete("alice", key.id());
            assertThat(heard.untilNow()).containsExactly(key.id().toString());
            assertThat(reason(request)).isEqualTo(Reason.UNKNOWN_FINGERPRINT);
            heard.forget();
        }
    }

    @Test
    void what_is_changed_by_hand_is_told() {
        SigningKey key = keys.register(
                        "alice", "desk", Ed25519SecretKey.generate().publicKey(), Set.of())
                .key();
        database.run("update portcullis_signing_key set scopes = '{orders:write}' where id = '" + key.id() + "'");
        assertThat(heard.untilNow()).containsExactly(key.id().toString());
        database.run("truncate portcullis_signing_key");
        assertThat(heard.untilNow()).endsWith(HeardNotices.ANYTHING);
    }
}
