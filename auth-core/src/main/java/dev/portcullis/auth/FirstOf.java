package dev.portcullis.auth;

import java.util.List;

/** Methods asked in order; one that a request names, or else the first that applies, decides. */
final class FirstOf implements AuthenticationMethod {

    private final AuthenticationMethod[] methods;

    FirstOf(List<AuthenticationMethod> methods) {
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("firstOf needs at least one authentication method");
        }
        this.methods = methods.toArray(AuthenticationMethod[]::new);
    }

    @Override
    public Outcome authenticate(AuthRequest request) {
        for (AuthenticationMethod method : methods) {
            if (method.isNamedBy(request)) {
                return method.authenticate(request);
            }
        }
        for (AuthenticationMethod method : methods) {
            Outcome outcome = method.authenticate(request);
            if (!(outcome instanceof Outcome.NotApplicable)) {
                return outcome;
            }
        }
        return Outcome.notApplicable();
    }

    @Override
    public boolean isNamedBy(AuthRequest request) {
        for (AuthenticationMethod method : methods) {
            if (method.isNamedBy(request)) {
                return true;
            }
        }
        return false;
    }
}
