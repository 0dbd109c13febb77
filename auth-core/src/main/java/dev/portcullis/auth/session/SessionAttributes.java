package dev.portcullis.auth.session;

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

    private final Session session;
    private final Map<String, Object> ofKey;

    SessionAttributes(Session session, Map<String, Object> ofKey) {
        this.session = session;
        this.ofKey = ofKey;
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
        return all.entrySet();
    }
}
