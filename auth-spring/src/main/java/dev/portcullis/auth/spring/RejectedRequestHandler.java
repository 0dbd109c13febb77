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
 * Answers what Spring Security's firewall has turned away as the two filters would have, for they refuse more than it
 * does, and say why. What they would have let in is turned away still, with Spring Security's own 400, and so is what
 * the firewall finds out later, in the application.
 */
final class RejectedRequestHandler implements RequestRejectedHandler {

    private final RequestRejectedHandler otherwise = new HttpStatusRequestRejectedHandler();
    private final AuthenticationFilter authentication;
    private final PermissionFilter permission;

    RejectedRequestHandler(AuthenticationFilter authentication, PermissionFilter permission) {
        this.authentication = authentication;
        this.permission = permission;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejection)
            throws IOException, ServletException {
        authentication.doFilter(
                request,
                response,
                (seen, answer) -> permission.doFilter(
                        seen, answer, (permitted, last) -> otherwise.handle(request, response, rejection)));
    }
}
