package dev.portcullis.auth;

/** A method that is not asked on some routes. */
final class Excepting implements AuthenticationMethod {

    private final AuthenticationMethod method;
    private final PermissionRules routes;

    Excepting(AuthenticationMethod method, PermissionRules routes) {
        this.method = method;
        this.routes = routes;
    }

    @Override
    public Outcome authenticate(AuthRequest request) {
        return isExcepted(request) ? Outcome.notApplicable() : method.authenticate(request);
    }

    @Override
    public boolean isNamedBy(AuthRequest request) {
        return !isExcepted(request) && method.isNamedBy(request);
    }

    private boolean isExcepted(AuthRequest request) {
        return routes.decide(null, request) instanceof Decision.Permitted;
    }
}
