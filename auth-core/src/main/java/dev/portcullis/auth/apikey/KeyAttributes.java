package dev.portcullis.auth.apikey;

import java.time.InstantSource;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a caller's attributes say of its key, worked out when somebody asks: most requests never do. */
final class KeyAttributes extends AbstractMap<String, Object> {

    static final String EXPIRES_AT = "expires_at";
    private static final String EXPIRES_REASON = "expires_reason";

    private final APIKey key;
    private final KeyLifetimes lifetimes;
    private final InstantSource clock;

    KeyAttributes(APIKey key, KeyLifetimes lifetimes, InstantSource clock) {
        this.key = key;
        this.lifetimes = lifetimes;
        this.clock = clock;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        if (!(name instanceof String text)) {
            return null;
        }
        return switch (text) {
            case "key_id" -> key.id().toString();
            case "key_prefix" -> key.keyPrefix();
            case "name" -> key.name();
            case "environment" -> key.environment().label();
            case "ip_allowlist" -> key.allowList();
            case EXPIRES_AT -> {
                KeyExpiry end = end();
                yield end == null ? null : end.at();
            }
            case EXPIRES_REASON -> {
                KeyExpiry end = end();
                yield end == null ? null : end.cause().label();
            }
            default -> null;
        };
    }

    private @Nullable KeyExpiry end() {
        return lifetimes.endOf(key, clock.millis());
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String name :
                new String[] {"key_id", "key_prefix", "name", "environment", "ip_allowlist", EXPIRES_AT, EXPIRES_REASON
                }) {
            Object value = get(name);
            if (value != null) {
                all.put(name, value);
            }
        }
        return all.entrySet();
    }
}
