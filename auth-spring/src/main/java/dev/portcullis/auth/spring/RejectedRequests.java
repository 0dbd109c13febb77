package dev.portcullis.auth.spring;

import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.PermissionFilter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.web.firewall.HttpStatusRequestRejectedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/**
 * Answers the requests that the firewall of Spring Security keeps from its chains as the filters answer them by
 * themselves: a bad credential is told, and a path that can be read in two ways is open to nobody. What only the firewall
 * takes offence at stays its own, 400; no request that it has rejected goes on.
 */
final class RejectedRequests implements RequestRejectedHandler {

    private final AuthenticationFilter authentication;
    private final PermissionFilter permission;
    private final RequestRejectedHandler otherwise = new HttpStatusRequestRejectedHandler();

    RejectedRequests(AuthenticationFilter authentication, PermissionFilter permission) {
        this.authentication = authentication;
        this.permission = permission;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejection)
            throws IOException, ServletException {
        if (response.isCommitted() || AuthenticationFilter.callerOf(request) != null) {
            otherwise.handle(request, response, rejection); // rejected on its way, and judged before
            return;
        }
        authentication.doFilter(
                request,
                response,
                (seen, answer) -> permission.doFilter(
                        seen, answer, (judged, left) -> otherwise.handle(request, response, rejection)));
    }
}
