package dev.portcullis.auth.redis;

import dev.portcullis.auth.ChangeNotices;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One who listens to a topic. Notices come on the connection's thread, answers on that of the notices. */
final class NoticeSubscription implements ChangeNotices.Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(RedisChangeNotices.class);

    private final String topic;
    private final ChangeNotices.Listener listener;
    private final Consumer<NoticeSubscription> onClose;
    private volatile boolean missed = true;
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

    /** Redis has answered: after this, nothing that was told before the question is unknown here. */
    void answered(long askedAt) {
        if (missed) {
            missed = false;
            tell(listener::anythingMayHaveChanged);
        }
        if (!missed) {
            upToDateAt = askedAt;
        }
    }

    /** A topic alone means that any of its things may have changed. */
    void tell(String notice) {
        if (notice.equals(topic)) {
            tell(listener::anythingMayHaveChanged);
        } else if (notice.length() > topic.length() + 1
                && notice.charAt(topic.length()) == ':'
                && notice.startsWith(topic)) {
            tell(() -> listener.changed(notice.substring(topic.length() + 1)));
        }
    }

    private void tell(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            LOG.error("A listener failed: it is told that anything may have changed", e);
            missed = true;
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
