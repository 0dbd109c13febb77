package dev.portcullis.auth.session;

import dev.portcullis.auth.ReadMostlyTable;
import dev.portcullis.auth.SHA256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in this process's memory: they are gone when it ends. Finding one takes no lock. An account has as many as
 * {@link Sessions} lets it have, about half a kilobyte each, and those that are over are forgotten as others are opened;
 * beyond that there is no bound.
 */
public final class InMemorySessionStore implements SessionStore {

    private static final Comparator<Session> FIRST_TO_EXPIRE =
            Comparator.comparing(Session::expiresAt).thenComparing(Session::id);

    private final ReadMostlyTable<SHA256, Session> byHash = new ReadMostlyTable<>(Session::hash, Session::has);

    private final Object writing = new Object();
    private final Map<UUID, Session> byID = new HashMap<>();
    private final Map<String, Map<UUID, Session>> byAccount = new HashMap<>();
    private final Map<UUID, Map<UUID, Session>> byKey = new HashMap<>();
    private final TreeSet<Session> byExpiry = new TreeSet<>(FIRST_TO_EXPIRE);

    /** An empty store. */
    public InMemorySessionStore() {}

    @Override
    public @Nullable Session find(SHA256 hash) {
        return byHash.find(hash);
    }

    @Override
    public void add(Session session, int maximum) {
        synchronized (writing) {
            if (byID.containsKey(session.id()) || byHash.find(session.hash()) != null) {
                throw new IllegalArgumentException(
                        "A session with the identifier or the hash of " + session + " is there");
            }
            forgetUntil(session.createdAt().minus(KEPT_AFTER_EXPIRY));
            byHash.add(session);
            put(session);
            List<Session> others = new ArrayList<>(ofAccount(session.account()));
            others.remove(session);
            others.sort(firstToEnd(session.createdAt()));
            others.subList(0, Math.max(0, others.size() + 1 - maximum)).forEach(this::remove);
        }
    }

    private static Comparator<Session> firstToEnd(Instant now) {
        return Comparator.comparing((Session session) -> !session.hasExpired(now))
                .thenComparing(Session::createdAt)
                .thenComparing(Session::id);
    }

    /** Those that expired up to a moment. */
    private void forgetUntil(Instant moment) {
        while (!byExpiry.isEmpty() && byExpiry.first().hasExpired(moment)) {
            remove(byExpiry.first());
        }
    }

    private Collection<Session> ofAccount(String account) {
        return byAccount.getOrDefault(account, Map.of()).values();
    }

    private void put(Session session) {
        byID.put(session.id(), session);
        byExpiry.add(session);
        byAccount
                .computeIfAbsent(session.account(), account -> new LinkedHashMap<>())
                .put(session.id(), session);
        OpeningKey key = session.key();
        if (key != null) {
            byKey.computeIfAbsent(key.id(), id -> new LinkedHashMap<>()).put(session.id(), session);
        }
    }

    private void remove(Session session) {
        byHash.remove(session);
        byID.remove(session.id());
        byExpiry.remove(session);
        removeFrom(byAccount, session.account(), session);
        OpeningKey key = session.key();
        if (key != null) {
            removeFrom(byKey, key.id(), session);
        }
    }

    private static <K> void removeFrom(Map<K, Map<UUID, Session>> groups, K group, Session session) {
        groups.computeIfPresent(group, (name, sessions) -> {
            sessions.remove(session.id());
            return sessions.isEmpty() ? null : sessions;
        });
    }

    @Override
    public List<Session> list(String account, Instant now) {
        synchronized (writing) {
            return ofAccount(account).stream()
                    .filter(session -> !session.hasExpired(now))
                    .sorted(Comparator.comparing(Session::createdAt).reversed())
                    .toList();
        }
    }

    @Override
    public boolean end(String account, UUID id) {
        synchronized (writing) {
            Session session = byID.get(id);
            if (session == null || !session.account().equals(account)) {
                return false;
            }
            remove(session);
            return true;
        }
    }

    @Override
    public int endAllOfKey(UUID keyID) {
        synchronized (writing) {
            return endAll(byKey.getOrDefault(keyID, Map.of()).values());
        }
    }

    @Override
    public int endAllOfAccount(String account) {
        synchronized (writing) {
            return endAll(ofAccount(account));
        }
    }

    private int endAll(Collection<Session> sessions) {
        List<Session> all = List.copyOf(sessions);
        all.forEach(this::remove);
        return all.size();
    }

    /** Each session is replaced in one step, so that none is missing meanwhile. */
    @Override
    public void rehashKey(UUID keyID, SHA256 keyHash) {
        synchronized (writing) {
            List.copyOf(byKey.getOrDefault(keyID, Map.of()).values()).forEach(session -> {
                byExpiry.remove(session);
                Session rehashed = session.withKeyHash(keyHash);
                byHash.replace(rehashed);
                put(rehashed);
            });
        }
    }

    /** Never a session. */
    @Override
    public String toString() {
        return "InMemorySessionStore";
    }
}
