package dev.portcullis.auth.spring;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthListener;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes {@link AuthEvent}s to the application's listeners for events. */
final class EventPublisher implements AuthListener {

    private final ApplicationEventPublisher publisher;
    private final boolean refusalsOnly;

    EventPublisher(ApplicationEventPublisher publisher, boolean refusalsOnly) {
        this.publisher = publisher;
        this.refusalsOnly = refusalsOnly;
    }

    @Override
    public void onEvent(AuthEvent event) {
        if (!refusalsOnly || isRefusal(event.type())) {
            publisher.publishEvent(event);
        }
    }

    /** That a request had no credential is no refusal: where it needs one, that is said by the route. */
    static boolean isRefusal(AuthEvent.Type type) {
        return switch (type) {
            case REJECTED, DENIED, UNAVAILABLE -> true;
            case AUTHENTICATED, NO_CREDENTIAL, PERMITTED -> false;
        };
    }
}
