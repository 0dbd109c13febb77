package dev.portcullis.auth.spring;

import dev.portcullis.auth.AuthEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.context.event.EventListener;

/**
 * Keeps published {@link AuthEvent}s as Actuator's audit events, such as {@code PORTCULLIS_DENIED}: under names of their
 * own, for Actuator keeps what Spring Security denies under another.
 */
final class AuditPublisher {

    private final AuditEventRepository repository;

    AuditPublisher(AuditEventRepository repository) {
        this.repository = repository;
    }

    @EventListener
    void keep(AuthEvent event) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("kind", AuthMetrics.word(event.kind()));
        data.put("reason", AuthMetrics.word(event.reason()));
        String subject = event.subject() == null ? "anonymous" : event.subject();
        repository.add(new AuditEvent(subject, "PORTCULLIS_" + event.type(), data));
    }
}
