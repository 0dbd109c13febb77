package dev.portcullis.auth.spring;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthListener;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Times every outcome: {@code portcullis.authentication} and {@code portcullis.authorization}, told apart by {@code kind},
 * {@code outcome} and {@code reason}. All three come from enums, so that no client can make them many.
 */
@SuppressWarnings("EnumOrdinal") // places in an array that lives no longer than the enums
final class AuthMetrics implements AuthListener {

    private static final int KINDS = CredentialKind.values().length + 1;
    private static final int REASONS = Reason.values().length + 1;

    private final MeterRegistry registry;

    /** Each timer once it was needed: to look one up in the registry costs more than to find out a caller. */
    private final AtomicReferenceArray<@Nullable Timer> timers =
            new AtomicReferenceArray<>(AuthEvent.Type.values().length * KINDS * REASONS);

    AuthMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void onEvent(AuthEvent event) {
        int at = (event.type().ordinal() * KINDS + index(event.kind())) * REASONS + index(event.reason());
        Timer timer = timers.get(at);
        if (timer == null) {
            timer = timer(event);
            timers.set(at, timer);
        }
        timer.record(event.elapsed());
    }

    private static int index(@Nullable Enum<?> value) {
        return value == null ? 0 : value.ordinal() + 1;
    }

    private Timer timer(AuthEvent event) {
        String name = isAuthorization(event.type()) ? "portcullis.authorization" : "portcullis.authentication";
        return Timer.builder(name)
                .description("How requests were judged, and how long that took")
                .tag("kind", word(event.kind()))
                .tag("outcome", word(event.type()))
                .tag("reason", word(event.reason()))
                .register(registry);
    }

    static boolean isAuthorization(AuthEvent.Type type) {
        return type == AuthEvent.Type.PERMITTED || type == AuthEvent.Type.DENIED;
    }

    static String word(@Nullable Enum<?> value) {
        return value == null ? "none" : value.name().toLowerCase(Locale.ROOT);
    }
}
