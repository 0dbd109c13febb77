package dev.portcullis.auth;

/** A method whose outcomes are told to a listener. */
final class Observed implements AuthenticationMethod {

    private final AuthenticationMethod method;
    private final AuthListener listener;

    Observed(AuthenticationMethod method, AuthListener listener) {
        this.method = method;
        this.listener = listener;
    }

    @Override
    public Outcome authenticate(AuthRequest request) {
        long start = System.nanoTime();
        Outcome outcome;
        try {
            outcome = method.authenticate(request);
        } catch (AuthUnavailableException e) {
            AuthEvent.tell(listener, AuthEvent.unavailable(e.reason(), System.nanoTime() - start));
            throw e;
        }
        AuthEvent.tell(listener, AuthEvent.of(outcome, System.nanoTime() - start));
        return outcome;
    }

    @Override
    public boolean isNamedBy(AuthRequest request) {
        return method.isNamedBy(request);
    }
}
