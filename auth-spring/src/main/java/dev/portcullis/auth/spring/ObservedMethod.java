package dev.portcullis.auth.spring;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A method each of whose calls is an observation, {@code portcullis.caller}, within the request's own. What is thrown is
 * not told to it: the cause of an outage can quote what a store was asked for.
 */
final class ObservedMethod implements AuthenticationMethod {

    private final AuthenticationMethod method;
    private final ObservationRegistry registry;

    ObservedMethod(AuthenticationMethod method, ObservationRegistry registry) {
        this.method = method;
        this.registry = registry;
    }

    @Override
    public Outcome authenticate(AuthRequest request) {
        if (registry.isNoop()) {
            return method.authenticate(request);
        }
        Observation observation = Observation.createNotStarted("portcullis.caller", registry)
                .contextualName("find out caller")
                .start();
        Observation.Scope scope = observation.openScope();
        try {
            Outcome outcome = method.authenticate(request);
            tell(observation, outcome);
            return outcome;
        } catch (AuthUnavailableException e) {
            tell(observation, "unavailable", null, e.reason());
            throw e;
        } finally {
            scope.close();
            observation.stop();
        }
    }

    @Override
    public boolean isNamedBy(AuthRequest request) {
        return method.isNamedBy(request);
    }

    private static void tell(Observation observation, Outcome outcome) {
        if (outcome instanceof Outcome.Authenticated good) {
            tell(observation, "authenticated", good.caller().kind(), null);
        } else if (outcome instanceof Outcome.Rejected bad) {
            tell(observation, "rejected", bad.kind(), bad.reason());
        } else if (outcome instanceof Outcome.Refused refused) {
            Caller caller = refused.caller();
            tell(observation, "refused", caller == null ? null : caller.kind(), refused.reason());
        } else {
            tell(observation, "no_credential", null, null);
        }
    }

    private static void tell(
            Observation observation, String outcome, @Nullable CredentialKind kind, @Nullable Reason reason) {
        observation.lowCardinalityKeyValue("outcome", outcome);
        observation.lowCardinalityKeyValue("kind", AuthMetrics.word(kind));
        observation.lowCardinalityKeyValue("reason", AuthMetrics.word(reason));
    }
}
