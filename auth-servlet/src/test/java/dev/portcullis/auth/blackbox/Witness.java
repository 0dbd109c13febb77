package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthListener;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A listener that remembers. */
public final class Witness implements AuthListener {

    private final Queue<AuthEvent> events = new ConcurrentLinkedQueue<>();

    @Override
    public void onEvent(AuthEvent event) {
        events.add(event);
    }

    /** What happened since the last call. */
    public List<AuthEvent> takeAll() {
        List<AuthEvent> all = List.copyOf(events);
        events.clear();
        return all;
    }

    /** The types of what happened since the last call. */
    public List<AuthEvent.Type> takeTypes() {
        return takeAll().stream().map(AuthEvent::type).toList();
    }
}
