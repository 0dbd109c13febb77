package dev.portcullis.auth;

/**
 * A rule of the application's own about a resource: a trading pair that is closed to API keys, a feature that only some
 * accounts have. It is asked last, of callers whom the route's rule lets go on, by many threads at once.
 */
@FunctionalInterface
public interface ResourceRule {

    /**
     * Whether this rule refuses a caller. What this throws is the application's own.
     *
     * @param caller who is calling
     * @param request the request, without its body; what its path names is told by {@link AuthRequest#segments}
     * @return true to refuse
     */
    boolean refuses(Caller caller, AuthRequest request);
}
