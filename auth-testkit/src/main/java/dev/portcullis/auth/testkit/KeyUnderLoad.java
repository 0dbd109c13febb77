package dev.portcullis.auth.testkit;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One key and what is known of its changes: from a change's beginning on its effect can show, and from its answer on, and
 * on other nodes after the bound, the state before must not show any more. Times are in nanoseconds.
 */
final class KeyUnderLoad {

    /** What can become of a key, in that order. A later one hides the earlier ones. */
    enum Kind {
        SCOPES,
        ROTATED,
        REVOKED,
        DELETED
    }

    /** A change of one kind; {@code number} counts the scopes. */
    static final class Change {

        private final Kind kind;
        private final int number;
        private final int node;
        private volatile long answeredAt;
        private volatile boolean answered;

        private Change(Kind kind, int number, int node) {
            this.kind = kind;
            this.number = number;
            this.node = node;
        }

        /** To be called when the change is done, and before anybody acts on that. */
        void done() {
            answeredAt = System.nanoTime();
            answered = true;
        }

        /** How long before a request this was to be in force on a node; negative if it was not. */
        private long inForceSince(int onNode, long askedAt, long bound) {
            return answered ? askedAt - answeredAt - (onNode == node ? 0 : bound) : -1;
        }
    }

    private final String plaintext;
    private final UUID id;
    private final CopyOnWriteArrayList<Change> changes = new CopyOnWriteArrayList<>();

    KeyUnderLoad(IssuedAPIKey issued) {
        plaintext = issued.plaintext();
        id = issued.key().id();
    }

    UUID id() {
        return id;
    }

    BearerHeader request() {
        return new BearerHeader(plaintext);
    }

    static String scope(int number) {
        return "scopes:" + number;
    }

    /** A change begins now. */
    Change begin(Kind kind, int number, int node) {
        Change change = new Change(kind, number, node);
        changes.add(change);
        return change;
    }

    /** What is wrong with an answer, or null. */
    @Nullable
    String faultOf(Outcome outcome, int node, long askedAt, long bound) {
        if (outcome instanceof Outcome.Authenticated authenticated) {
            return faultOf(authenticated.caller(), node, askedAt, bound);
        }
        if (!(outcome instanceof Outcome.Rejected rejected)) {
            return "not applicable";
        }
        return switch (rejected.reason()) {
            case API_KEY_EXPIRED -> faultOf(Kind.ROTATED, rejected.reason(), node, askedAt, bound);
            case API_KEY_REVOKED -> faultOf(Kind.REVOKED, rejected.reason(), node, askedAt, bound);
            case UNKNOWN_API_KEY -> faultOf(Kind.DELETED, rejected.reason(), node, askedAt, bound);
            default -> rejected.reason() + " for a good key";
        };
    }

    private @Nullable String faultOf(Caller caller, int node, long askedAt, long bound) {
        for (Change change : changes) {
            long late = change.inForceSince(node, askedAt, bound);
            boolean old = change.kind != Kind.SCOPES || !hasScopesOf(caller, change.number);
            if (late > 0 && old) {
                return "let in " + late + " ns after " + change.kind + " was to be in force";
            }
        }
        return null;
    }

    private static boolean hasScopesOf(Caller caller, int number) {
        return caller.permissions().stream()
                .anyMatch(scope -> Integer.parseInt(scope.substring(scope.indexOf(':') + 1)) >= number);
    }

    /** A refusal tells of a change that has begun, and hides none that was to be in force. */
    private @Nullable String faultOf(Kind told, Reason reason, int node, long askedAt, long bound) {
        boolean begun = false;
        for (Change change : changes) {
            begun |= change.kind == told;
            long late = change.inForceSince(node, askedAt, bound);
            if (change.kind.compareTo(told) > 0 && late > 0) {
                return reason + " " + late + " ns after " + change.kind + " was to be in force";
            }
        }
        return begun ? null : reason + " although nothing of that kind was done";
    }

    /** How long after the answer to another node's end of the key it was still let in; 0 if it was not. */
    long delayOf(Outcome outcome, int node, long askedAt) {
        long delay = 0;
        if (outcome instanceof Outcome.Authenticated) {
            for (Change change : changes) {
                if (change.kind != Kind.SCOPES && change.node != node) {
                    delay = Math.max(delay, change.inForceSince(node, askedAt, 0));
                }
            }
        }
        return delay;
    }
}
