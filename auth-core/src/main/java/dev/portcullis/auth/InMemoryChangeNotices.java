package dev.portcullis.auth;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Change notices within one process, where they are never behind: for several copies over one store in memory, and for
 * tests. Safe for use by many threads at once.
 */
public final class InMemoryChangeNotices implements ChangeNotices {

    private static final Pattern TOPIC = Pattern.compile("[a-z0-9-]{1,40}");

    private final Map<String, CopyOnWriteArrayList<Listening>> listening = new ConcurrentHashMap<>();

    /** Notices that nobody listens to yet. */
    public InMemoryChangeNotices() {}

    @Override
    public Subscription subscribe(String topic, Listener listener) {
        if (!TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException("A topic has 1 to 40 lower-case letters, digits and hyphens");
        }
        Listening added = new Listening(topic, Objects.requireNonNull(listener));
        listening.computeIfAbsent(topic, any -> new CopyOnWriteArrayList<>()).add(added);
        listener.anythingMayHaveChanged();
        return added;
    }

    /**
     * Tells all listeners of a change, and returns when they know.
     *
     * @param topic what kind of thing changed
     * @param id its identifier
     */
    public void changed(String topic, String id) {
        tell(topic, listener -> listener.changed(id));
    }

    /**
     * Tells all listeners that anything may have changed, and returns when they know.
     *
     * @param topic what kind of thing
     */
    public void anythingMayHaveChanged(String topic) {
        tell(topic, Listener::anythingMayHaveChanged);
    }

    private void tell(String topic, Consumer<Listener> notice) {
        CopyOnWriteArrayList<Listening> those = listening.get(topic);
        if (those != null) {
            those.forEach(one -> notice.accept(one.listener));
        }
    }

    /** How many topics somebody has listened to. */
    @Override
    public String toString() {
        return "InMemoryChangeNotices[" + listening.size() + "]";
    }

    private final class Listening implements Subscription {

        private final String topic;
        private final Listener listener;

        Listening(String topic, Listener listener) {
            this.topic = topic;
            this.listener = listener;
        }

        @Override
        public long nanosBehind() {
            return 0;
        }

        @Override
        public void close() {
            CopyOnWriteArrayList<Listening> those = listening.get(topic);
            if (those != null) {
                those.remove(this);
            }
        }
    }
}
