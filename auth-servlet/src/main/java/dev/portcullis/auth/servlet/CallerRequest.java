package dev.portcullis.auth.servlet;

import dev.portcullis.auth.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * A request whose questions about the user are answered from the {@link Caller} alone. Without one there is no user,
 * whoever the container may have signed in by its own means: two sources would contradict each other one day.
 */
final class CallerRequest extends HttpServletRequestWrapper {

    private final @Nullable Caller caller;

    CallerRequest(HttpServletRequest request, @Nullable Caller caller) {
        super(request);
        this.caller = caller;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return caller;
    }

    @Override
    public @Nullable String getRemoteUser() {
        return caller == null ? null : caller.subject();
    }

    @Override
    public @Nullable String getAuthType() {
        return caller == null ? null : caller.kind().name();
    }

    /** Roles are permissions, compared exactly: the specification's {@code "*"} and {@code "**"} mean nothing here. */
    @Override
    public boolean isUserInRole(@Nullable String role) {
        return caller != null && role != null && caller.holds(role);
    }
}
