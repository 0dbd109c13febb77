package dev.portcullis.auth;

/**
 * Told of every outcome, for logs, metrics and audit. Called on the request's own thread, so it must be quick; whatever
 * exception it throws is logged and changes nothing for the request.
 */
@FunctionalInterface
public interface AuthListener {

    /**
     * Something was decided.
     *
     * @param event what, never with a secret in it
     */
    void onEvent(AuthEvent event);
}
