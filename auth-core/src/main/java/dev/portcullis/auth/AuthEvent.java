package dev.portcullis.auth;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One decision about one request. Holds no token, key, hash or signature.
 *
 * @param type what was decided
 * @param reason why, if the request was refused or could not be checked; otherwise null
 * @param kind the kind of credential, if there was one
 * @param subject the caller's subject, if there is a caller and it has one
 * @param elapsed how long the decision took
 */
public record AuthEvent(
        Type type,
        @Nullable Reason reason,
        @Nullable CredentialKind kind,
        @Nullable String subject,
        Duration elapsed) {

    private static final Logger LOG = LoggerFactory.getLogger(AuthEvent.class);

    /** What can be decided. */
    public enum Type {
        /** A credential was good. */
        AUTHENTICATED,
        /** A credential was not good: 401. */
        REJECTED,
        /** There was no credential of any known kind. */
        NO_CREDENTIAL,
        /** A route's requirement was met. */
        PERMITTED,
        /** A route's requirement was not met: 401 or 403; or the request was not let in at all: 403. */
        DENIED,
        /** It could not be checked: 503. */
        UNAVAILABLE
    }

    /**
     * The event of an authentication outcome.
     *
     * @param outcome what came out
     * @param nanos how long it took, in nanoseconds
     * @return the event
     */
    public static AuthEvent of(Outcome outcome, long nanos) {
        Duration elapsed = Duration.ofNanos(nanos);
        if (outcome instanceof Outcome.Authenticated authenticated) {
            Caller caller = authenticated.caller();
            return new AuthEvent(Type.AUTHENTICATED, null, caller.kind(), caller.subject(), elapsed);
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            return new AuthEvent(Type.REJECTED, rejected.reason(), rejected.kind(), null, elapsed);
        }
        if (outcome instanceof Outcome.Refused refused) {
            return of(new Decision.Refused(refused.reason(), Set.of()), refused.caller(), nanos);
        }
        return new AuthEvent(Type.NO_CREDENTIAL, null, null, null, elapsed);
    }

    /**
     * The event of a route's decision.
     *
     * @param decision whether the caller may go on
     * @param caller the caller, or null if nobody is signed in
     * @param nanos how long it took, in nanoseconds
     * @return the event
     */
    public static AuthEvent of(Decision decision, @Nullable Caller caller, long nanos) {
        Reason reason = decision instanceof Decision.Refused refused ? refused.reason() : null;
        return new AuthEvent(
                reason == null ? Type.PERMITTED : Type.DENIED,
                reason,
                caller == null ? null : caller.kind(),
                caller == null ? null : caller.subject(),
                Duration.ofNanos(nanos));
    }

    /**
     * The event of a check that could not be made.
     *
     * @param reason what is unavailable
     * @param nanos how long it took to find out, in nanoseconds
     * @return the event
     */
    public static AuthEvent unavailable(Reason reason, long nanos) {
        return new AuthEvent(Type.UNAVAILABLE, reason, null, null, Duration.ofNanos(nanos));
    }

    /**
     * Tells a listener, and keeps the request safe from whatever exception the listener throws, also from
     * checked ones that other languages let through.
     *
     * @param listener who is told
     * @param event what happened
     */
    public static void tell(AuthListener listener, AuthEvent event) {
        try {
            listener.onEvent(event);
        } catch (Exception e) {
            LOG.warn("The listener {} failed on {}", listener.getClass().getName(), event.type(), e);
        }
    }
}
