package dev.portcullis.auth.jdbc;

import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.ChangeNotices;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is told under one topic, and up to when. */
final class HeardNotices implements ChangeNotices.Listener {

    static final String ANYTHING = "anything";

    private final List<String> all = new CopyOnWriteArrayList<>();
    private final ChangeNotices.Subscription subscription;

    HeardNotices(ChangeNotices notices, String topic) {
        subscription = notices.subscribe(topic, this);
        await().until(() -> subscription.nanosBehind() < Duration.ofSeconds(1).toNanos());
        all.clear();
    }

    @Override
    public void changed(String id) {
        all.add(id);
    }

    @Override
    public void anythingMayHaveChanged() {
        all.add(ANYTHING);
    }

    /** All that was told, when everything that was answered by now must have been. */
    List<String> untilNow() {
        long answered = System.nanoTime();
        await().until(() -> {
            long behind = subscription.nanosBehind();
            return behind != Long.MAX_VALUE && System.nanoTime() - behind - answered > 0;
        });
        return all;
    }

    /** What was told before is of no interest any longer. */
    void forget() {
        all.clear();
    }
}
