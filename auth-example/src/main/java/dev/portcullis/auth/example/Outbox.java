package dev.portcullis.auth.example;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said on one socket. A container sends one message at a time, so that others wait for their turn; a client
 * that reads none of them is cut off.
 */
final class Outbox {

    private static final int MOST_WAITING = 64;
    private static final int MILLIS_TO_TAKE_ONE = 10_000;

    private final Session session;
    private final RemoteEndpoint.Async remote;
    private final Deque<String> waiting = new ArrayDeque<>();
    private boolean sending;

    Outbox(Session session) {
        this.session = session;
        this.remote = session.getAsyncRemote();
        remote.setSendTimeout(MILLIS_TO_TAKE_ONE);
    }

    /** Says it as soon as all that was to be said before is sent. */
    void say(Object message) {
        if (add(JSON.text(message))) {
            sendNext();
        } else {
            cutOff();
        }
    }

    private void cutOff() {
        try {
            session.close(new CloseReason(CloseCodes.VIOLATED_POLICY, "Too many messages were not read."));
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private synchronized boolean add(String text) {
        return waiting.size() < MOST_WAITING && waiting.add(text);
    }

    private void sendNext() {
        String next = next();
        if (next != null) {
            remote.sendText(next, this::sent);
        }
    }

    private synchronized @Nullable String next() {
        if (sending) {
            return null;
        }
        String next = waiting.poll();
        sending = next != null;
        return next;
    }

    /** Once something could not be sent, nothing more is: the client has gone, or reads nothing. */
    private void sent(SendResult result) {
        if (result.isOK()) {
            synchronized (this) {
                sending = false;
            }
            sendNext();
        }
    }
}
