package dev.portcullis.auth.redis;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Logs that there is trouble when it begins, and that it is over; in between, what it turns out to be. */
final class TellOnce {

    private final Logger log;
    private final String trouble;
    private final String end;
    private final AtomicReference<@Nullable String> told = new AtomicReference<>();

    TellOnce(Logger log, String trouble, String end) {
        this.log = log;
        this.trouble = trouble;
        this.end = end;
    }

    void begun(String words) {
        if (told.get() == null && told.compareAndSet(null, words)) {
            log.warn("{}: {}", trouble, words);
        }
    }

    /** Also in the midst of trouble that began as another. */
    void turnedOut(String words) {
        if (!words.equals(told.getAndSet(words))) {
            log.warn("{}: {}", trouble, words);
        }
    }

    void over() {
        if (told.get() != null && told.getAndSet(null) != null) {
            log.info("{} again", end);
        }
    }
}
