package dev.portcullis.auth.apikey;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a caller's attributes say of its key, worked out when somebody asks: most requests never do. */
final class KeyAttributes extends AbstractMap<String, Object> {

    private final APIKey key;

    KeyAttributes(APIKey key) {
        this.key = key;
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
            default -> null;
        };
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return Map.<String, Object>of(
                        "key_id", key.id().toString(),
                        "key_prefix", key.keyPrefix(),
                        "name", key.name(),
                        "environment", key.environment().label(),
                        "ip_allowlist", key.allowList())
                .entrySet();
    }
}
