package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keys cost in memory. These count bytes, not time, so they do not depend on how busy the machine is. */
class FootprintTest {

    private static final int MILLION = 1_000_000;
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final AuditNote NOTE = new AuditNote(AuditAction.ISSUE, Actor.APPLICATION, START);

    /** Live objects after a full collection: the two readings differ by the store alone, whatever was garbage before. */
    @ParameterizedTest
    @ValueSource(ints = {10_000, MILLION})
    void a_million_keys_take_at_most_300_MB_however_many_owners_they_have(int count) {
        List<String> owners =
                IntStream.range(0, count).mapToObj(i -> "account-" + i).toList();
        long before = usedHeap();
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        for (int i = 0; i < MILLION; i++) {
            store.add(key(i, owners.get(i % count)), AddTerms.any(), NOTE);
        }
        long bytes = usedHeap() - before;
        assertThat(store.get(new UUID(0, MILLION - 1))).isNotNull();
        assertThat(owners).hasSize(count);
        assertThat(bytes).isLessThan(300L * MILLION).isGreaterThan(100L * MILLION);
    }

    private static APIKey key(int number, String owner) {
        return APIKey.builder()
                .id(new UUID(0, number))
                .hash(SHA256.of(SecretText.of("key " + number)))
                .owner(owner)
                .name("Key no. " + number)
                .keyPrefix("grd_live_0123abcd")
                .scopes(List.of("catalog:read", "catalog:write", "holdings:read", "holdings:write"))
                .createdAt(START)
                .expiresAt(START.plusSeconds(number + 1L))
                .lastUsedAt(START)
                .build();
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }

    @Test
    void a_request_with_a_key_allocates_at_most_300_bytes() {
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        InstantSource clock = InstantSource.fixed(START);
        String plaintext = APIKeys.builder()
                .store(store)
                .clock(clock)
                .build()
                .issue(
                        "owner",
                        "name",
                        Environment.LIVE,
                        Set.of("catalog:read", "holdings:read"),
                        START.plusSeconds(60))
                .plaintext();
        try (APIKeyAuthentication method =
                APIKeyAuthentication.builder().store(store).clock(clock).build()) {
            AuthRequest bearer = HeadersOnly.bearer(plaintext);
            AuthRequest header = HeadersOnly.header(plaintext);
            method.authenticate(bearer);
            method.flush();
            assertThat(bytesEach(i -> authenticated(method, bearer))).isLessThanOrEqualTo(300);
            assertThat(bytesEach(i -> authenticated(method, header))).isLessThanOrEqualTo(300);
        }
    }

    @Test
    void finding_a_key_allocates_nothing() {
        InMemoryAPIKeyStore store = new InMemoryAPIKeyStore();
        APIKey[] keys = new APIKey[1000];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(i, "owner");
            store.add(keys[i], AddTerms.any(), NOTE);
        }
        assertThat(bytesEach(i -> {
                    if (store.find(keys[i % keys.length].hash()) == null) {
                        throw new AssertionError("missed");
                    }
                }))
                .isZero();
    }

    private static void authenticated(APIKeyAuthentication method, AuthRequest request) {
        if (!(method.authenticate(request) instanceof Outcome.Authenticated)) {
            throw new AssertionError("refused");
        }
    }

    /** The average is taken of many calls, so that what the runtime itself allocates once does not count. */
    private static long bytesEach(IntConsumer call) {
        int calls = 20_000;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < calls; i++) {
                call.accept(i);
            }
            long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            least = Math.min(least, (after - before) / calls);
        }
        return least;
    }
}
