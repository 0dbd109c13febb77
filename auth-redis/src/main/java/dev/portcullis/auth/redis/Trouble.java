package dev.portcullis.auth.redis;

/**
 * What is wrong with Redis, in words of our own. Messages of the library and of Redis are never passed on: they name hosts,
 * users and commands.
 */
final class Trouble extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    Trouble(Kind kind) {
        super(kind.words);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /** What can be wrong. */
    enum Kind {
        NO_CONNECTION("", "There is no connection to Redis"),
        CONNECTION_LOST("", "The connection to Redis failed"),
        NO_ANSWER("", "Redis does not answer in time"),
        INTERRUPTED("", "The thread was interrupted"),
        UNREADABLE("", "What stands in Redis cannot be read"),
        NO_SCRIPT("NOSCRIPT", "Redis does not know a script"),
        READ_ONLY("READONLY", "Redis is a read-only replica"),
        NO_PRIMARY("MASTERDOWN", "Redis is a replica without its primary"),
        LOADING("LOADING", "Redis is reading its data"),
        OUT_OF_MEMORY("OOM", "Redis is out of memory"),
        NO_DISK("MISCONF", "Redis cannot write to its disk"),
        TOO_FEW_REPLICAS("NOREPLICAS", "Redis has too few replicas"),
        BUSY("BUSY", "Redis is busy with a script"),
        NO_PASSWORD("NOAUTH", "Redis wants a password"),
        WRONG_PASSWORD("WRONGPASS", "Redis refuses the user or the password"),
        NO_RIGHT("NOPERM", "The Redis user lacks a right"),
        WRONG_TYPE("WRONGTYPE", "Redis holds something else under a name of ours"),
        MOVED("MOVED", "Redis is a cluster, which is not supported"),
        REFUSED("", "Redis refuses a command");

        private final String code;
        private final String words;

        Kind(String code, String words) {
            this.code = code;
            this.words = words;
        }

        /** By the word with which an error begins, or that a script's error passes on. */
        static Kind of(String error) {
            for (Kind kind : values()) {
                if (!kind.code.isEmpty() && error.contains(kind.code)) {
                    return kind;
                }
            }
            return REFUSED;
        }

        String words() {
            return words;
        }

        /** Whether Redis has said so itself. */
        boolean isAnswer() {
            return !code.isEmpty() || this == REFUSED;
        }

        /** Whether somebody must mend the settings: it does not pass by itself. */
        boolean isOfSettings() {
            return this == NO_PASSWORD || this == WRONG_PASSWORD || this == NO_RIGHT || this == MOVED;
        }

        /** Whether another connection may lead to a server that can do better. */
        boolean isOfThisServer() {
            return this == READ_ONLY || this == NO_PRIMARY || this == NO_PASSWORD;
        }
    }
}
