package dev.portcullis.auth.apikey;

import dev.portcullis.auth.ReadMostlyTable;
import dev.portcullis.auth.SHA256;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keys in this process's memory: they are gone when it ends. A million keys take about 250 MB, and finding one takes no
 * lock. Of the audit the latest 100,000 records are kept.
 */
public final class InMemoryAPIKeyStore implements APIKeyStore {

    /** Sets of scopes beyond this many are not shared: there is little to gain, and the sharing itself takes room. */
    private static final int SHARED_SETS = 1024;

    private static final int AUDIT_RECORDS = 100_000;

    private final Object writing = new Object();
    private final ReadMostlyTable<SHA256, APIKey> byHash =
            new ReadMostlyTable<>(APIKey::hash, (key, hash) -> key.hash().equals(hash));
    private final ReadMostlyTable<UUID, APIKey> byID = new ReadMostlyTable<>(
            APIKey::id, (key, id) -> key.hasID(id.getMostSignificantBits(), id.getLeastSignificantBits()));
    private final OrderedKeys byOwner = new OrderedKeys();
    private final Map<Set<String>, Set<String>> scopeSets = new HashMap<>();
    private final RememberedRequests requests = new RememberedRequests();
    private final AuditLog audit = new AuditLog(AUDIT_RECORDS);

    /** An empty store. */
    public InMemoryAPIKeyStore() {}

    @Override
    public @Nullable APIKey find(SHA256 hash) {
        return byHash.find(hash);
    }

    /** Each record notes whether it is the newest one, so that nothing need be looked for. */
    @Override
    public boolean isCurrent(APIKey key) {
        return key.holder() == this;
    }

    @Override
    public @Nullable APIKey get(UUID id) {
        return byID.find(id);
    }

    @Override
    public List<APIKey> list(@Nullable String owner, @Nullable UUID before, int limit) {
        synchronized (writing) {
            return owner == null ? listAll(before, limit) : byOwner.list(owner, before, limit);
        }
    }

    /** Keys of all owners, the greatest identifier first: this looks at each of them. */
    private List<APIKey> listAll(@Nullable UUID before, int limit) {
        Comparator<APIKey> order = Comparator.comparing(APIKey::id, OrderedKeys.IDENTIFIERS);
        PriorityQueue<APIKey> greatest = new PriorityQueue<>(order);
        byID.each(key -> {
            if (before == null || OrderedKeys.IDENTIFIERS.compare(key.id(), before) < 0) {
                greatest.add(key);
                if (greatest.size() > limit) {
                    greatest.remove();
                }
            }
        });
        return greatest.stream().sorted(order.reversed()).toList();
    }

    @Override
    public AddResult add(APIKey key, AddTerms terms, AuditNote note) {
        synchronized (writing) {
            Idempotency idempotency = terms.idempotency();
            AddResult before = idempotency == null ? null : requests.answerTo(key.owner(), idempotency, note.at());
            if (before != null) {
                return before;
            }
            if (byOwner.hasAtLeast(terms.maximumKeys(), key.owner(), each -> each.countsAsIssued(note.at()))) {
                return new AddResult.TooMany();
            }
            refuseIfThere(key);
            insert(key, note, note.action());
            if (idempotency != null) {
                requests.remember(key, idempotency, note.at());
            }
            return new AddResult.Added();
        }
    }

    @Override
    public Set<UUID> addAll(List<APIKey> keys, AuditNote note) {
        Set<UUID> added = new LinkedHashSet<>();
        synchronized (writing) {
            for (APIKey key : keys) {
                if (!isThere(key)) {
                    insert(key, note, note.action());
                    added.add(key.id());
                }
            }
        }
        return added;
    }

    private boolean isThere(APIKey key) {
        return byID.find(key.id()) != null || byHash.find(key.hash()) != null;
    }

    private void refuseIfThere(APIKey key) {
        if (isThere(key)) {
            throw new IllegalArgumentException("A key with the identifier or the hash of " + key + " is there");
        }
    }

    private void insert(APIKey key, AuditNote note, AuditAction action) {
        APIKey slim = key.toBuilder().scopes(shared(key.scopes())).build();
        slim.heldBy(this);
        byID.add(slim);
        byHash.add(slim);
        byOwner.add(slim);
        audit.add(note, action, slim);
    }

    /** Keys with the same scopes share one set of them. */
    private Set<String> shared(Set<String> scopes) {
        Set<String> known = scopeSets.get(scopes);
        if (known != null) {
            return known;
        }
        if (scopeSets.size() < SHARED_SETS) {
            scopeSets.put(scopes, scopes);
        }
        return scopes;
    }

    @Override
    public @Nullable APIKey change(UUID id, KeyChange change, AuditNote note) {
        synchronized (writing) {
            APIKey key = byID.find(id);
            if (key == null) {
                return null;
            }
            APIKey changed = change.appliedTo(key);
            return replace(
                    key, changed.toBuilder().scopes(shared(changed.scopes())).build(), note);
        }
    }

    @Override
    public RotateResult rotate(UUID id, APIKey successor, Instant overlapEnd, int maximumKeys, AuditNote note) {
        synchronized (writing) {
            APIKey key = byID.find(id);
            RotateResult result = RotateResult.judge(key, successor, note.at());
            if (key == null || result != RotateResult.ROTATED) {
                return result;
            }
            APIKey rotated = key.rotated(successor.id(), overlapEnd);
            if (rotated.isInOverlap(note.at())
                    && byOwner.hasAtLeast(maximumKeys, key.owner(), each -> each.isInOverlap(note.at()))) {
                return RotateResult.TOO_MANY;
            }
            refuseIfThere(successor);
            replace(key, rotated, note);
            insert(successor, note, AuditAction.ISSUE);
            return result;
        }
    }

    @Override
    public @Nullable APIKey revoke(UUID id, AuditNote note) {
        synchronized (writing) {
            APIKey key = byID.find(id);
            return key == null ? null : replace(key, key.revokedAt(note.at()), note);
        }
    }

    @Override
    public @Nullable APIKey delete(UUID id, AuditNote note) {
        synchronized (writing) {
            APIKey key = byID.find(id);
            if (key != null) {
                byHash.remove(key);
                byID.remove(key);
                byOwner.remove(key);
                key.heldBy(null);
                audit.add(note, note.action(), key);
            }
            return key;
        }
    }

    @Override
    public void touch(UUID id, Instant usedAt) {
        synchronized (writing) {
            APIKey key = byID.find(id);
            if (key != null) {
                put(key, key.lastUsedAt(usedAt));
            }
        }
    }

    @Override
    public boolean rehash(UUID id, SHA256 hash, int hashVersion) {
        synchronized (writing) {
            APIKey key = byID.find(id);
            if (key == null || key.hashVersion() >= hashVersion || byHash.find(hash) != null) {
                return false;
            }
            APIKey rehashed =
                    key.toBuilder().hash(hash).hashVersion(hashVersion).build();
            rehashed.heldBy(this);
            byHash.add(rehashed); // before the other is removed: the key is never missing
            byHash.remove(key);
            byID.replace(rehashed);
            byOwner.replace(rehashed);
            key.heldBy(null);
            return true;
        }
    }

    @Override
    public Map<Integer, Long> countByHashVersion(Instant now) {
        Map<Integer, Long> counts = new HashMap<>();
        synchronized (writing) {
            byID.each(key -> {
                if (key.isActive(now)) {
                    counts.merge(key.hashVersion(), 1L, Long::sum);
                }
            });
        }
        return counts;
    }

    /** What does not change is not written down. */
    private APIKey replace(APIKey key, APIKey changed, AuditNote note) {
        if (changed.equals(key)) {
            return key;
        }
        put(key, changed);
        audit.add(note, note.action(), changed);
        return changed;
    }

    private void put(APIKey key, APIKey changed) {
        key.heldBy(null);
        changed.heldBy(this); // after the other, for it can be the same
        byHash.replace(changed);
        byID.replace(changed);
        byOwner.replace(changed);
    }

    @Override
    public List<AuditRecord> audit(@Nullable String owner, long before, int limit) {
        synchronized (writing) {
            return audit.list(owner, before, limit);
        }
    }

    /** Never a key. */
    @Override
    public String toString() {
        return "InMemoryAPIKeyStore";
    }
}
