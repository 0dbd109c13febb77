package dev.portcullis.auth.session;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a caller's attributes say of its session, and of the key that opened it; worked out when somebody asks. */
final class SessionAttributes extends AbstractMap<String, Object> {

    static final String SESSION_ID = "session_id";
    private static final String LOGIN_TYPE = "login_type";
    private static final String OPENED_BY = "opened_by";
    private static final String SESSION_EXPIRES_AT = "session_expires_at";
    private static final String KEY_ID = "key_id";

    private final Session session;
    private final Map<String, Object> ofKey;

    SessionAttributes(Session session, Map<String, Object> ofKey) {
        this.session = session;
        this.ofKey = ofKey;
    }

    /** The key by which a caller acts: its own, or the one that opened its session. */
    static @Nullable String keyOf(Caller caller) {
        boolean byKey = caller.kind() == CredentialKind.API_KEY
                || caller.kind() == CredentialKind.SIGNATURE
                || (caller.kind() == CredentialKind.SESSION
                        && caller.attributes().get(OPENED_BY) == CredentialKind.API_KEY);
        return byKey && caller.attributes().get(KEY_ID) instanceof String id ? id : byKey ? "" : null;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        if (!(name instanceof String text)) {
            return null;
        }
        return switch (text) {
            case SESSION_ID -> session.id().toString();
            case LOGIN_TYPE -> session.loginType().label();
            case OPENED_BY -> session.openedBy();
            case SESSION_EXPIRES_AT -> session.expiresAt();
            default -> ofKey.get(text);
        };
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> all = new LinkedHashMap<>(ofKey);
        all.put(SESSION_ID, session.id().toString());
        all.put(LOGIN_TYPE, session.loginType().label());
        all.put(OPENED_BY, session.openedBy());
        all.put(SESSION_EXPIRES_AT, session.expiresAt());
        return all.entrySet();
    }
}
