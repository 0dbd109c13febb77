package dev.portcullis.auth;

import org.jspecify.annotations.Nullable;

/** Which requirement each route has. */
public final class PermissionRules {

    private PermissionRules() {}

    /**
     * Decides.
     *
     * @param caller the caller, or null if nobody is signed in
     * @param method the request method
     * @param path the raw path
     * @return the decision
     */
    public Decision decide(@Nullable Caller caller, String method, String path) {
        return Decision.Permitted.INSTANCE;
    }
}
