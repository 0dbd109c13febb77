package dev.portcullis.auth.apikey;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The store in memory, with its calls counted and faults to order. */
final class WatchedStore implements APIKeyStore {

    /** What was touched, when, and by which thread. */
    record Touch(UUID id, Instant at, Thread by) {}

    /** Something that happens before a touch is passed on; it may throw. */
    interface BeforeTouch {
        void touching(UUID id);
    }

    final InMemoryAPIKeyStore memory = new InMemoryAPIKeyStore();
    final List<Touch> touches = new CopyOnWriteArrayList<>();
    final AtomicInteger tries = new AtomicInteger();
    final AtomicInteger adds = new AtomicInteger();
    final AtomicInteger finds = new AtomicInteger();
    final AtomicInteger rehashes = new AtomicInteger();
    volatile BeforeTouch beforeTouch = id -> {};
    volatile Runnable beforeFind = () -> {};
    volatile Runnable afterFind = () -> {};
    volatile Runnable afterWrite = () -> {};
    volatile Runnable beforeRotate = () -> {};
    volatile boolean down;
    volatile boolean broken;
    volatile boolean unannounced;

    static AuthUnavailableException outage() {
        return new AuthUnavailableException(Reason.API_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(1));
    }

    /** Throws what no signature names, as stores written in other languages do. */
    @SuppressWarnings("unchecked")
    static <E extends Exception> void throwUnannounced(Exception thrown) throws E {
        throw (E) thrown;
    }

    private void ask() {
        if (down) {
            throw outage();
        }
        if (broken) {
            throw new IllegalStateException("connection pool shut down");
        }
        if (unannounced) {
            WatchedStore.<RuntimeException>throwUnannounced(new IOException("connection reset"));
        }
    }

    @Override
    public @Nullable APIKey find(SHA256 hash) {
        return findAny(List.of(hash));
    }

    @Override
    public @Nullable APIKey findAny(List<SHA256> hashes) {
        finds.incrementAndGet();
        beforeFind.run();
        ask();
        APIKey key = memory.findAny(hashes);
        afterFind.run();
        return key;
    }

    private <T extends @Nullable Object> T written(T result) {
        afterWrite.run();
        return result;
    }

    @Override
    public @Nullable APIKey get(UUID id) {
        ask();
        return memory.get(id);
    }

    @Override
    public List<APIKey> list(@Nullable String owner, @Nullable UUID before, int limit) {
        ask();
        return memory.list(owner, before, limit);
    }

    @Override
    public AddResult add(APIKey key, AddTerms terms, AuditNote note) {
        adds.incrementAndGet();
        ask();
        return written(memory.add(key, terms, note));
    }

    @Override
    public Set<UUID> addAll(List<APIKey> keys, AuditNote note) {
        adds.incrementAndGet();
        ask();
        return written(memory.addAll(keys, note));
    }

    @Override
    public @Nullable APIKey change(UUID id, KeyChange change, AuditNote note) {
        ask();
        return written(memory.change(id, change, note));
    }

    @Override
    public RotateResult rotate(UUID id, APIKey successor, Instant overlapEnd, int maximumKeys, AuditNote note) {
        ask();
        beforeRotate.run();
        return written(memory.rotate(id, successor, overlapEnd, maximumKeys, note));
    }

    @Override
    public @Nullable APIKey revoke(UUID id, AuditNote note) {
        ask();
        return written(memory.revoke(id, note));
    }

    @Override
    public @Nullable APIKey delete(UUID id, AuditNote note) {
        ask();
        return written(memory.delete(id, note));
    }

    @Override
    public List<AuditRecord> audit(@Nullable String owner, long before, int limit) {
        ask();
        return memory.audit(owner, before, limit);
    }

    @Override
    public void touch(UUID id, Instant usedAt) {
        tries.incrementAndGet();
        ask();
        beforeTouch.touching(id);
        memory.touch(id, usedAt);
        touches.add(new Touch(id, usedAt, Thread.currentThread()));
    }

    @Override
    public boolean rehash(UUID id, SHA256 hash, int hashVersion) {
        rehashes.incrementAndGet();
        ask();
        return written(memory.rehash(id, hash, hashVersion));
    }

    @Override
    public Map<Integer, Long> countByHashVersion(Instant now) {
        ask();
        return memory.countByHashVersion(now);
    }
}
