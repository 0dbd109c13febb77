package dev.portcullis.auth.apikey;

import dev.portcullis.auth.ChangeNotices;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Notices for one listener that come when a test says so, or are lost with the connection. */
final class LaggingNotices implements ChangeNotices {

    private record Notice(long at, String id) {}

    private final LongSupplier nanos;
    private final Deque<Notice> underWay = new ArrayDeque<>();
    private Listener listener = new Nobody();
    private boolean connected = true;

    LaggingNotices(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private static final class Nobody implements Listener {
        @Override
        public void changed(String id) {}

        @Override
        public void anythingMayHaveChanged() {}
    }

    @Override
    public Subscription subscribe(String topic, Listener told) {
        listener = told;
        told.anythingMayHaveChanged();
        return new Subscription() {
            @Override
            public long nanosBehind() {
                return behind();
            }

            @Override
            public void close() {
                listener = new Nobody();
            }
        };
    }

    private long behind() {
        Notice oldest = underWay.peek();
        if (!connected) {
            return Long.MAX_VALUE;
        }
        return oldest == null ? 0 : nanos.getAsLong() - oldest.at;
    }

    void send(String id) {
        if (connected) {
            underWay.add(new Notice(nanos.getAsLong(), id));
        }
    }

    void arrive() {
        Notice notice = underWay.poll();
        if (notice != null) {
            listener.changed(notice.id);
        }
    }

    void cut() {
        connected = false;
        underWay.clear();
    }

    void reconnect() {
        if (!connected) {
            listener.anythingMayHaveChanged();
            connected = true;
        }
    }
}
