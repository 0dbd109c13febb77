package dev.portcullis.auth;

/**
 * What tells this node of changes that others have made, so that it can let go of its copies. One source, such as one
 * connection to a database, serves every kind of thing that nodes keep copies of: each has a topic of its own.
 *
 * <p>What is told is only which thing changed, never how: whoever keeps a copy reads it again. So notices can come twice,
 * late, or in any order, and hold no secret. A change is told by whoever makes it, in the same step, so that there is no
 * change without its notice: a store does so in the transaction of the change.
 *
 * <p>A source that is cut off cannot say so: nothing comes, as on a quiet day. Therefore a subscription tells how far
 * behind it may be, and a copy is taken for older than it needs be rather than for newer.
 */
public interface ChangeNotices {

    /**
     * Has a listener told of changes from now on, also of those that this node makes itself. What was changed before is
     * not told, so copies made before are not covered.
     *
     * @param topic what is listened for: lower-case ASCII letters, digits and hyphens, at most 40 of them
     * @param listener told on a thread of the source's; it must neither block nor throw
     * @return a subscription that is closed when nobody listens any more; it may still be about to connect
     * @throws IllegalArgumentException if that is no topic
     */
    Subscription subscribe(String topic, Listener listener);

    /** Is told of changes to one kind of thing. */
    interface Listener {

        /**
         * One thing was changed, added or removed.
         *
         * @param id its identifier: 1 to 255 characters, none of them a control character
         */
        void changed(String id);

        /**
         * Any of them may have changed: after a gap in the notices, or because too many have changed to name them. It is
         * also told before a subscription is up to date for the first time.
         */
        void anythingMayHaveChanged();
    }

    /** Lasts until it is closed, through any number of lost connections. */
    interface Subscription extends AutoCloseable {

        /**
         * How far behind the notices may be: the listener has been told of every change that was answered longer ago
         * than this, by {@link Listener#changed} or by {@link Listener#anythingMayHaveChanged}, and these calls have
         * returned. It grows while the source hears nothing, so that a cut connection shows, and it is asked often: it
         * takes neither a lock nor a connection.
         *
         * @return nanoseconds, 0 or more; {@link Long#MAX_VALUE} while there is no connection
         */
        long nanosBehind();

        /** Ends it. The listener may still be told of what is on its way. */
        @Override
        void close();
    }
}
