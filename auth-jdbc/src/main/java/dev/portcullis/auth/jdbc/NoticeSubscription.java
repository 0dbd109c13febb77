package dev.portcullis.auth.jdbc;

import dev.portcullis.auth.ChangeNotices;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One who listens to a topic. All but the two questions at the end is for the one thread that tells. */
final class NoticeSubscription implements ChangeNotices.Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(PostgreSQLChangeNotices.class);

    private final String topic;
    private final ChangeNotices.Listener listener;
    private final Consumer<NoticeSubscription> onClose;
    private boolean missed = true;
    private volatile @Nullable Long upToDateAt;

    NoticeSubscription(String topic, ChangeNotices.Listener listener, Consumer<NoticeSubscription> onClose) {
        this.topic = topic;
        this.listener = listener;
        this.onClose = onClose;
    }

    /** There is no connection: from now on notices are missed. */
    void disconnected() {
        missed = true;
        upToDateAt = null;
    }

    /** Tells what was told to us. After this, nothing that was answered before the question is unknown here. */
    void tell(List<String> notices, long askedAt) {
        try {
            if (missed) {
                listener.anythingMayHaveChanged();
                missed = false;
            } else {
                notices.forEach(this::tell);
            }
            upToDateAt = askedAt;
        } catch (RuntimeException e) {
            LOG.error("A listener failed: it is told that anything may have changed", e);
            missed = true;
        }
    }

    /** A topic alone means that any of its things may have changed. */
    private void tell(String notice) {
        if (notice.equals(topic)) {
            listener.anythingMayHaveChanged();
        } else if (notice.length() > topic.length() + 1
                && notice.charAt(topic.length()) == ':'
                && notice.startsWith(topic)) {
            listener.changed(notice.substring(topic.length() + 1));
        }
    }

    @Override
    public long nanosBehind() {
        Long at = upToDateAt;
        return at == null ? Long.MAX_VALUE : Math.max(0, System.nanoTime() - at);
    }

    @Override
    public void close() {
        onClose.accept(this);
    }
}
