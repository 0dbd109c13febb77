package dev.portcullis.auth.redis;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;

/** Logs that there is trouble when it begins, and that it is over; nothing in between. */
final class TellOnce {

    private final Logger log;
    private final String trouble;
    private final String end;
    private final AtomicBoolean told = new AtomicBoolean();

    TellOnce(Logger log, String trouble, String end) {
        this.log = log;
        this.trouble = trouble;
        this.end = end;
    }

    void begun(String words) {
        if (!told.get() && told.compareAndSet(false, true)) {
            log.warn("{}: {}", trouble, words);
        }
    }

    void over() {
        if (told.get() && told.compareAndSet(true, false)) {
            log.info("{} again", end);
        }
    }
}
