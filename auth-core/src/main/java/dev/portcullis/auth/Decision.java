package dev.portcullis.auth;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
     * @param message the words of the application's own rule that refuses; null if it is none of those
     */
    record Refused(
            Reason reason, Set<String> required, @Nullable RefusalMessage message) implements Decision {
        /**
         * Keeps the permissions as they are now.
         *
         * @param reason why
         * @param required the permissions that the route requires
         * @param message the words of the application's own rule that refuses; null if it is none of those
         */
        public Refused {
            required = Collections.unmodifiableSet(new LinkedHashSet<>(required));
        }

        /**
         * A refusal in the words of its reason.
         *
         * @param reason why
         * @param required the permissions that the route requires; empty unless one of them is missing
         */
        public Refused(Reason reason, Set<String> required) {
            this(reason, required, null);
        }

        /**
         * The exact words that the client is told.
         *
         * @return a sentence with its full stop, in ASCII without quotes and backslashes
         */
        public String detail() {
            return message == null ? reason.detail() : message.text();
        }
    }
}
