package dev.portcullis.auth;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Whether a caller may go on to a route. */
public sealed interface Decision {

    /** The caller may go on. */
    record Permitted() implements Decision {
        static final Permitted INSTANCE = new Permitted();
    }

    /**
     * The caller may not go on.
     *
     * @param reason why: this, and nothing else, is what the client may be told
     * @param required the permissions that the route requires, for the challenge; empty unless one of them is missing
     */
    record Refused(Reason reason, Set<String> required) implements Decision {
        public Refused {
            required = Collections.unmodifiableSet(new LinkedHashSet<>(required));
        }
    }
}
