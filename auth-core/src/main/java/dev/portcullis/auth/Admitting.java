package dev.portcullis.auth;

import org.jspecify.annotations.Nullable;

/** A method with an admission behind it: who has proven who they are may still be turned away. */
final class Admitting implements AuthenticationMethod {

    private final AuthenticationMethod method;
    private final Admission admission;

    Admitting(AuthenticationMethod method, Admission admission) {
        this.method = method;
        this.admission = admission;
    }

    @Override
    public Outcome authenticate(AuthRequest request) {
        Outcome outcome = method.authenticate(request);
        if (outcome instanceof Outcome.Authenticated authenticated) {
            return judged(outcome, authenticated.caller(), request);
        }
        return outcome instanceof Outcome.NotApplicable ? judged(outcome, null, request) : outcome;
    }

    @Override
    public boolean isNamedBy(AuthRequest request) {
        return method.isNamedBy(request);
    }

    private Outcome judged(Outcome outcome, @Nullable Caller caller, AuthRequest request) {
        Reason objection = admission.objection(caller, request);
        return objection == null ? outcome : Outcome.refused(objection, caller);
    }
}
