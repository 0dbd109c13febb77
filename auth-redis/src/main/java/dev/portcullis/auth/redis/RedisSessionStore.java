package dev.portcullis.auth.redis;

import dev.portcullis.auth.Reason;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.session.OpeningKey;
import dev.portcullis.auth.session.Session;
import dev.portcullis.auth.session.SessionStore;
import io.lettuce.core.ScriptOutputType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sessions in Redis. To find one is one round trip; whatever changes some is one script, and so one step. */
final class RedisSessionStore implements SessionStore {

    private static final Reason REASON = Reason.SESSION_STORE_UNAVAILABLE;

    private final Line line;
    private final Names names;

    RedisSessionStore(Line line, Names names) {
        this.line = line;
        this.names = names;
    }

    @Override
    public @Nullable Session find(SHA256 hash) {
        String hex = Names.hex(hash);
        Map<String, String> fields = line.ask(REASON, redis -> redis.hgetall(names.session(hex)));
        return fields.isEmpty() ? null : read(() -> SessionFields.read(hex, fields));
    }

    /** What somebody else has written under our names is no session, and no reason to say that there is none. */
    private static <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RuntimeException e) {
            throw Line.unavailable(REASON, new Trouble(Trouble.Kind.UNREADABLE));
        }
    }

    @Override
    public void add(Session session, int maximum) {
        String hash = Names.hex(session.hash());
        List<String> called = new ArrayList<>(List.of(
                names.session(hash), names.sessionID(session.id()), names.sessionsOfAccount(session.account())));
        OpeningKey key = session.key();
        if (key != null) {
            called.add(names.sessionsOfKey(key.id()));
        }
        List<String> values = new ArrayList<>(List.of(
                names.prefix(),
                hash,
                millis(session.createdAt()),
                millis(session.expiresAt()),
                millis(session.expiresAt().plus(KEPT_AFTER_EXPIRY)),
                String.valueOf(maximum)));
        values.addAll(SessionFields.of(session));
        if (count(SessionScripts.ADD, called, values) == 0) {
            throw new IllegalArgumentException("A session with the identifier or the hash of " + session + " is there");
        }
    }

    private static String millis(Instant time) {
        return String.valueOf(time.toEpochMilli());
    }

    private int count(Script script, List<String> called, List<String> values) {
        Long count = (Long) line.run(
                REASON, script, ScriptOutputType.INTEGER, called.toArray(String[]::new), values.toArray(String[]::new));
        return Math.toIntExact(count);
    }

    @Override
    public List<Session> list(String account, Instant now) {
        if (!Names.canBeStored(account)) {
            return List.of();
        }
        List<?> all = (List<?>) line.run(
                REASON,
                SessionScripts.LIST,
                ScriptOutputType.MULTI,
                new String[] {names.sessionsOfAccount(account)},
                names.prefix());
        return read(() -> sessions(all)).stream()
                .filter(session -> !session.hasExpired(now))
                .toList();
    }

    /** One without fields was forgotten since it was put into the set. */
    private static List<Session> sessions(List<?> hashesAndFields) {
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < hashesAndFields.size(); i += 2) {
            List<?> fields = (List<?>) hashesAndFields.get(i + 1);
            if (!fields.isEmpty()) {
                sessions.add(SessionFields.read((String) hashesAndFields.get(i), SessionFields.inTurn(fields)));
            }
        }
        return sessions;
    }

    @Override
    public boolean end(String account, UUID id) {
        return Names.canBeStored(account)
                && count(SessionScripts.END, List.of(names.sessionID(id)), List.of(names.prefix(), account)) > 0;
    }

    @Override
    public int endAllOfKey(UUID keyID) {
        return endAll(names.sessionsOfKey(keyID));
    }

    @Override
    public int endAllOfAccount(String account) {
        return Names.canBeStored(account) ? endAll(names.sessionsOfAccount(account)) : 0;
    }

    private int endAll(String set) {
        return count(SessionScripts.END_ALL, List.of(set), List.of(names.prefix()));
    }

    @Override
    public void rehashKey(UUID keyID, SHA256 keyHash) {
        count(SessionScripts.REHASH, List.of(names.sessionsOfKey(keyID)), List.of(names.prefix(), Names.hex(keyHash)));
    }

    /** Never a session, and not where Redis is. */
    @Override
    public String toString() {
        return "RedisSessionStore";
    }
}
