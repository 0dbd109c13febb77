package dev.portcullis.auth.spring;

import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.KeyStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether credentials can be checked: down, if there are no usable keys of an issuer or the key store cannot be asked.
 * An issuer that fails while its keys are still good leaves it up.
 */
final class PortcullisHealthIndicator implements HealthIndicator {

    /** Of no key: a store that answers "none" is there. */
    private static final UUID NO_KEY = new UUID(0, 0);

    private final @Nullable JWKSAuthentication tokens;
    private final @Nullable APIKeyStore store;

    PortcullisHealthIndicator(@Nullable JWKSAuthentication tokens, @Nullable APIKeyStore store) {
        this.tokens = tokens;
        this.store = store;
    }

    @Override
    public Health health() {
        Map<String, Object> details = new LinkedHashMap<>();
        Status worst = worse(keys(details), store(details));
        return Health.status(worst).withDetails(details).build();
    }

    private Status keys(Map<String, Object> details) {
        Status worst = Status.UP;
        if (tokens != null) {
            Map<String, Object> issuers = new LinkedHashMap<>();
            for (Map.Entry<String, KeyStatus> each : tokens.keyStatus().entrySet()) {
                worst = worse(worst, status(each.getValue()));
                issuers.put(each.getKey(), told(each.getValue()));
            }
            details.put("issuers", issuers);
        }
        return worst;
    }

    /** Before the first fetch is over nothing is known. */
    private static Status status(KeyStatus keys) {
        if (keys.usable()) {
            return Status.UP;
        }
        return keys.fetches() == 0 ? Status.UNKNOWN : Status.DOWN;
    }

    private static Map<String, Object> told(KeyStatus keys) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("status", status(keys).getCode());
        told.put("keys", keys.usableKeys());
        if (keys.age() != null) {
            told.put("age", keys.age().toString());
        }
        told.put("failuresInARow", keys.failuresInARow());
        return told;
    }

    /** What the store throws is not told: it could quote what it was asked for. */
    private Status store(Map<String, Object> details) {
        if (store == null) {
            return Status.UP;
        }
        Status status = Status.UP;
        try {
            store.get(NO_KEY);
        } catch (RuntimeException e) {
            status = Status.DOWN;
        }
        details.put("apiKeyStore", Map.of("status", status.getCode()));
        return status;
    }

    private static Status worse(Status one, Status other) {
        if (one.equals(Status.DOWN) || other.equals(Status.UP)) {
            return one;
        }
        return other;
    }
}
