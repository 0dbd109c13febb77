package dev.portcullis.auth.apikey;

import java.time.Instant;

/**
 * When a key stops working, and why.
 *
 * @param at the first moment at which it no longer works, unless it is used or changed before
 * @param cause why then
 */
record KeyExpiry(Instant at, Cause cause) {

    /** Why a key stops working. */
    enum Cause {
        /** It was issued until then, or rotated. */
        EXPIRES("expires_at"),
        /** No key may be older. */
        AGE("maximum_key_age"),
        /** No key may be older that can be used from everywhere. */
        AGE_WITHOUT_ALLOW_LIST("age_without_ip_allowlist"),
        /** No key may be idle for longer that can be used from everywhere. */
        IDLE_WITHOUT_ALLOW_LIST("idle_without_ip_allowlist");

        private final String label;

        Cause(String label) {
            this.label = label;
        }

        /** The word for it in bodies. */
        String label() {
            return label;
        }
    }
}
