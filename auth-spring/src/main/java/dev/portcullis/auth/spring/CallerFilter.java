package dev.portcullis.auth.spring;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Authenticates inside a chain of Spring Security: what {@link AuthenticationFilter} finds out, and its answers to the
 * byte, put into the security context. It holds that filter rather than repeat what it does.
 *
 * <p>It stands behind the filter that wraps requests for Spring Security, so that the application asks the {@link Caller}
 * first.
 */
final class CallerFilter implements Filter {

    private final AuthenticationFilter authentication;
    private final SecurityContextHolderStrategy contexts;
    private final SecurityContextRepository repository = new RequestAttributeSecurityContextRepository();

    CallerFilter(AuthenticationFilter authentication, SecurityContextHolderStrategy contexts) {
        this.authentication = authentication;
        this.contexts = contexts;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest original = (HttpServletRequest) request;
        HeadersAsSent sent = new HeadersAsSent(original);
        authentication.doFilter(sent, response, (seen, answer) -> {
            sent.judged();
            chain.doFilter(signedIn(original, (HttpServletRequest) seen, (HttpServletResponse) answer), answer);
        });
    }

    /** The request to go on with, and the security context to its caller. */
    private HttpServletRequest signedIn(
            HttpServletRequest original, HttpServletRequest seen, HttpServletResponse response) {
        Caller caller = AuthenticationFilter.callerOf(seen);
        if (caller == null) {
            return signedInOtherwise(original, seen);
        }
        SecurityContext context = contexts.createEmptyContext();
        context.setAuthentication(CallerAuthentication.of(caller));
        contexts.setContext(context);
        repository.saveContext(context, original, response);
        return seen;
    }

    /** Without a credential of ours, whoever another mechanism of the same chain, or a test, has signed in stays so. */
    private HttpServletRequest signedInOtherwise(HttpServletRequest original, HttpServletRequest seen) {
        Authentication other = contexts.getContext().getAuthentication();
        if (other == null) {
            return seen;
        }
        Caller caller = CallerAuthentication.callerOf(other);
        return caller == null
                ? AuthenticationFilter.withBody(original)
                : AuthenticationFilter.withCaller(original, caller);
    }
}
