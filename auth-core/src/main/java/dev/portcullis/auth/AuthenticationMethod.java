package dev.portcullis.auth;

import java.util.List;

/**
 * One way of finding out who is calling.
 *
 * <p>A method answers one of three things: {@link Outcome.Authenticated}, {@link Outcome.Rejected} or
 * {@link Outcome.NotApplicable}; behind {@link #admitting} also {@link Outcome.Refused}. When it could not check, it throws
 * {@link AuthUnavailableException}: that is neither "invalid" nor "let in".
 *
 * <p>Implementations are safe for use by many threads at once.
 */
@FunctionalInterface
public interface AuthenticationMethod {

    /**
     * Looks for this method's credential on the request and judges it.
     *
     * @param request the request as its client sent it
     * @return what came out, never null
     * @throws AuthUnavailableException if the credential could not be checked, because of the server's own trouble
     */
    Outcome authenticate(AuthRequest request);

    /**
     * Whether a request bears a credential in headers that are this method's alone. Such a method is asked before the
     * others, wherever it stands among them, so that a second credential beside it is never passed over.
     *
     * @param request the request as its client sent it
     * @return whether it does; false unless overridden
     */
    default boolean isNamedBy(AuthRequest request) {
        return false;
    }

    /**
     * Asks several methods in order. The first answer other than {@link Outcome.NotApplicable} is final: a credential
     * that one method has rejected is never shown to the next.
     *
     * @param methods the methods, in the order in which they are asked; at least one
     * @return the combined method
     * @throws IllegalArgumentException if there is no method
     */
    static AuthenticationMethod firstOf(AuthenticationMethod... methods) {
        return new FirstOf(List.of(methods));
    }

    /**
     * The same as {@link #firstOf(AuthenticationMethod...)}.
     *
     * @param methods the methods, in the order in which they are asked; at least one
     * @return the combined method
     * @throws IllegalArgumentException if there is no method
     */
    static AuthenticationMethod firstOf(List<? extends AuthenticationMethod> methods) {
        return new FirstOf(List.copyOf(methods));
    }

    /**
     * This method, with an admission asked of every request that it does not reject. It goes around all methods together:
     * {@code firstOf(…).admitting(…)}.
     *
     * @param admission who is let in
     * @return the method with its admission
     */
    default AuthenticationMethod admitting(Admission admission) {
        return new Admitting(this, admission);
    }

    /**
     * This method, except on routes where no credential is looked at, and nobody is turned away: for an endpoint that judges
     * what is sent by itself, such as a login, to which browsers send the cookie of a session that is over.
     *
     * @param routes rules that open the routes in question to anyone; all others stay as they are
     * @return the method with its exceptions; it goes around all others: {@code firstOf(…).admitting(…).exceptOn(…)}
     */
    default AuthenticationMethod exceptOn(PermissionRules routes) {
        return new Excepting(this, routes);
    }

    /**
     * This method, with every outcome told to a listener.
     *
     * @param listener told once for each call, also when the credential could not be checked
     * @return the observed method
     */
    default AuthenticationMethod observedBy(AuthListener listener) {
        return new Observed(this, listener);
    }
}
