package dev.portcullis.auth.apikey;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request about keys was refused, and nothing was stored. Cheap to throw: it has no stack trace. Its message holds
 * nothing that the client sent.
 */
public final class KeyRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    private final KeyRefusal refusal;

    private final transient Map<String, List<KeyFault>> errors;

    private KeyRefusedException(KeyRefusal refusal, Map<String, List<KeyFault>> errors) {
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
        this.errors = errors;
    }

    /**
     * A refusal that is not about single fields.
     *
     * @param refusal why
     * @return the exception
     */
    public static KeyRefusedException of(KeyRefusal refusal) {
        return new KeyRefusedException(refusal, Map.of());
    }

    /**
     * A refusal because of fields.
     *
     * @param errors what is wrong with which field, by its name in the request; at least one; copied
     * @return the exception, with {@link KeyRefusal#INVALID_INPUT}
     */
    public static KeyRefusedException invalid(Map<String, List<KeyFault>> errors) {
        Map<String, List<KeyFault>> copy = new LinkedHashMap<>();
        errors.forEach((field, faults) -> copy.put(field, List.copyOf(faults)));
        return new KeyRefusedException(KeyRefusal.INVALID_INPUT, Collections.unmodifiableMap(copy));
    }

    /**
     * Why.
     *
     * @return the refusal
     */
    public KeyRefusal refusal() {
        return refusal;
    }

    /**
     * What is wrong with which field, by its name in the request: {@code name}, {@code environment}, {@code scopes},
     * {@code ip_allowlist}, {@code expires_at}, {@code overlap_seconds}, {@code limit}, {@code Idempotency-Key}. When many keys are issued or
     * imported at once, {@code owner} and {@code key_prefix} too, and each name comes after the entry's number counted
     * from 0, as in {@code 3.name}.
     *
     * @return an immutable map, empty unless the refusal is {@link KeyRefusal#INVALID_INPUT}
     */
    public Map<String, List<KeyFault>> errors() {
        return errors;
    }
}
