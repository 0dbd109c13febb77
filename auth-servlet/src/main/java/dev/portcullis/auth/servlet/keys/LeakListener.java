package dev.portcullis.auth.servlet.keys;

/**
 * Told of keys that were found in public, so that their owners can be told. Called on the request's own thread, so it
 * must be quick; whatever exception it throws is logged and changes nothing for the request.
 */
@FunctionalInterface
public interface LeakListener {

    /**
     * A key was found, and is revoked. A key is told of once for each place where it was found, and again if the report
     * is repeated.
     *
     * @param leak which key and where
     */
    void onLeak(Leak leak);
}
