package dev.portcullis.auth.redis;

import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.OpeningKey;
import dev.portcullis.auth.session.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session as the fields of a hash. Each permission is a field of its own, without a value. */
final class SessionFields {

    private static final String ID = "id";
    private static final String ACCOUNT = "account";
    private static final String LOGIN = "login";
    private static final String OPENED_BY = "by";
    private static final String CREATED = "created";
    private static final String EXPIRES = "expires";
    private static final String KEY = "key";
    private static final String KEY_HASH = "key-hash";
    private static final String PERMISSION = "may:";

    private SessionFields() {}

    /** Names and values in turn. */
    static List<String> of(Session session) {
        List<String> fields = new ArrayList<>(List.of(
                ID,
                session.id().toString(),
                ACCOUNT,
                Names.checked(session.account()),
                LOGIN,
                session.loginType().label(),
                OPENED_BY,
                session.openedBy().name(),
                CREATED,
                String.valueOf(session.createdAt().toEpochMilli()),
                EXPIRES,
                String.valueOf(session.expiresAt().toEpochMilli())));
        session.permissions().forEach(each -> fields.addAll(List.of(PERMISSION + Names.checked(each), "")));
        OpeningKey key = session.key();
        if (key != null) {
            fields.addAll(List.of(KEY, key.id().toString(), KEY_HASH, Names.hex(key.hash())));
        }
        return fields;
    }

    static Map<String, String> inTurn(List<?> namesAndValues) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < namesAndValues.size(); i += 2) {
            fields.put(String.valueOf(namesAndValues.get(i)), String.valueOf(namesAndValues.get(i + 1)));
        }
        return fields;
    }

    /**
     * What the fields say.
     *
     * @throws RuntimeException if they are not those of a session
     */
    static Session read(String hash, Map<String, String> fields) {
        Set<String> permissions = new HashSet<>();
        for (String name : fields.keySet()) {
            if (name.startsWith(PERMISSION)) {
                permissions.add(name.substring(PERMISSION.length()));
            }
        }
        return new Session(
                UUID.fromString(field(fields, ID)),
                Names.hash(hash),
                field(fields, ACCOUNT),
                LoginType.of(field(fields, LOGIN)),
                CredentialKind.valueOf(field(fields, OPENED_BY)),
                permissions,
                key(fields),
                time(fields, CREATED),
                time(fields, EXPIRES));
    }

    private static @Nullable OpeningKey key(Map<String, String> fields) {
        return fields.containsKey(KEY)
                ? new OpeningKey(UUID.fromString(field(fields, KEY)), Names.hash(field(fields, KEY_HASH)))
                : null;
    }

    private static Instant time(Map<String, String> fields, String name) {
        return Instant.ofEpochMilli(Long.parseLong(field(fields, name)));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException("A session in Redis has no " + name);
        }
        return value;
    }
}
