package dev.portcullis.auth.testkit;

import dev.portcullis.auth.InMemoryChangeNotices;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AddResult;
import dev.portcullis.auth.apikey.AddTerms;
import dev.portcullis.auth.apikey.AuditNote;
import dev.portcullis.auth.apikey.AuditRecord;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.apikey.KeyChange;
import dev.portcullis.auth.apikey.RotateResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store in memory that tells of its changes, as a database does. */
final class TellingStore implements APIKeyStore {

    private final InMemoryAPIKeyStore memory;
    private final Function<SHA256, @Nullable APIKey> reading;
    private final InMemoryChangeNotices notices;

    private TellingStore(
            InMemoryAPIKeyStore memory, Function<SHA256, @Nullable APIKey> reading, InMemoryChangeNotices notices) {
        this.memory = memory;
        this.reading = reading;
        this.notices = notices;
    }

    static TellingStore of(InMemoryChangeNotices notices) {
        InMemoryAPIKeyStore memory = new InMemoryAPIKeyStore();
        return new TellingStore(memory, memory::find, notices);
    }

    /** A store that is wrong: it looks for keys in copies that do not hear of what is changed here. */
    static TellingStore readingFrom(APIKeyStore copies, InMemoryAPIKeyStore memory) {
        return new TellingStore(memory, copies::find, new InMemoryChangeNotices());
    }

    private <T extends @Nullable Object> T told(UUID id, T result) {
        notices.changed(CHANGES, id.toString());
        return result;
    }

    @Override
    public @Nullable APIKey find(SHA256 hash) {
        return reading.apply(hash);
    }

    @Override
    public @Nullable APIKey get(UUID id) {
        return memory.get(id);
    }

    @Override
    public List<APIKey> list(@Nullable String owner, @Nullable UUID before, int limit) {
        return memory.list(owner, before, limit);
    }

    @Override
    public AddResult add(APIKey key, AddTerms terms, AuditNote note) {
        return memory.add(key, terms, note);
    }

    @Override
    public Set<UUID> addAll(List<APIKey> keys, AuditNote note) {
        return memory.addAll(keys, note);
    }

    @Override
    public @Nullable APIKey change(UUID id, KeyChange change, AuditNote note) {
        return told(id, memory.change(id, change, note));
    }

    @Override
    public RotateResult rotate(UUID id, APIKey successor, Instant overlapEnd, int maximumKeys, AuditNote note) {
        return told(id, memory.rotate(id, successor, overlapEnd, maximumKeys, note));
    }

    @Override
    public @Nullable APIKey revoke(UUID id, AuditNote note) {
        return told(id, memory.revoke(id, note));
    }

    @Override
    public @Nullable APIKey delete(UUID id, AuditNote note) {
        return told(id, memory.delete(id, note));
    }

    @Override
    public void touch(UUID id, Instant usedAt) {
        memory.touch(id, usedAt);
    }

    @Override
    public boolean rehash(UUID id, SHA256 hash, int hashVersion) {
        return told(id, memory.rehash(id, hash, hashVersion));
    }

    @Override
    public Map<Integer, Long> countByHashVersion(Instant now) {
        return memory.countByHashVersion(now);
    }

    @Override
    public List<AuditRecord> audit(@Nullable String owner, long before, int limit) {
        return memory.audit(owner, before, limit);
    }
}
