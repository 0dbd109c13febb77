package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What copies cost in memory. */
class CachedKeyFootprintTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private static SHA256 hash(int number) {
        return SHA256.of(SecretText.of("key " + number));
    }

    /** Makes each key anew when it is asked for, as a database's driver does. */
    private static APIKeyStore remote() {
        return (APIKeyStore) Proxy.newProxyInstance(
                APIKeyStore.class.getClassLoader(),
                new Class<?>[] {APIKeyStore.class},
                (proxy, method, arguments) -> made((SHA256) arguments[0]));
    }

    private static APIKey made(SHA256 hash) {
        return APIKey.builder()
                .id(UUID.nameUUIDFromBytes(hash.toBytes()))
                .hash(SHA256.ofHashed(hash.toBytes()))
                .owner(new String("account-1"))
                .name(new String("A key for the nightly build"))
                .keyPrefix("grd_live_0123abcd")
                .scopes(List.of(
                        new String("catalog:read"),
                        new String("catalog:write"),
                        new String("holdings:read"),
                        new String("holdings:write")))
                .createdAt(START)
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

    /** However many keys come by: none that had to go is held on to. */
    @Test
    void a_copy_takes_at_most_800_bytes() {
        int copies = 50_000;
        CachedAPIKeyStore cache = CachedAPIKeyStore.over(remote())
                .lifetime(Duration.ofHours(1))
                .maximumStaleness(Duration.ofHours(1))
                .maximumKeys(copies)
                .build();
        long before = usedHeap();
        for (int i = 0; i < 3 * copies; i++) {
            cache.find(hash(i));
        }
        long bytes = usedHeap() - before;
        assertThat(cache.statistics().keys()).isEqualTo(copies);
        assertThat(bytes).isLessThan(800L * copies).isGreaterThan(300L * copies);
        cache.close();
    }

    @Test
    void that_a_key_is_unknown_takes_at_most_250_bytes() {
        int copies = 50_000;
        CachedAPIKeyStore cache = CachedAPIKeyStore.over(new InMemoryAPIKeyStore())
                .maximumUnknownKeys(copies)
                .unknownRate(1_000_000)
                .build();
        long before = usedHeap();
        for (int i = 0; i < 3 * copies; i++) {
            assertThat(cache.find(hash(i))).isNull();
        }
        long bytes = usedHeap() - before;
        assertThat(cache.statistics().unknownKeys()).isEqualTo(copies);
        assertThat(bytes).isLessThan(250L * copies).isGreaterThan(100L * copies);
        cache.close();
    }

    @Test
    void finding_a_copy_allocates_nothing() {
        try (CachedAPIKeyStore cache = CachedAPIKeyStore.over(remote())
                .lifetime(Duration.ofHours(1))
                .maximumStaleness(Duration.ofHours(1))
                .build()) {
            SHA256 hash = hash(1);
            Set<Long> each = new TreeSet<>();
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = Thread.currentThread().getId();
            for (int round = 0; round < 5; round++) {
                long before = threads.getThreadAllocatedBytes(thread);
                for (int i = 0; i < 20_000; i++) {
                    if (cache.find(hash) == null) {
                        throw new AssertionError("missed");
                    }
                }
                each.add((threads.getThreadAllocatedBytes(thread) - before) / 20_000);
            }
            assertThat(each).contains(0L);
        }
    }
}
