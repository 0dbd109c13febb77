package dev.portcullis.auth.spring;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.RequestRejectedException;

/**
 * A request whose header values are all there while its credential is judged. The firewall of Spring Security fails a
 * request when a value that it takes offence at is read; the methods have words of their own for such values. Afterwards
 * the firewall is in force again.
 */
final class HeadersAsSent extends HttpServletRequestWrapper {

    private boolean judged;

    HeadersAsSent(HttpServletRequest request) {
        super(request);
    }

    /** From now on the firewall is in force. */
    void judged() {
        judged = true;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        if (judged) {
            return super.getHeaders(name);
        }
        try {
            // The firewall looks at each value when it is taken.
            return Collections.enumeration(Collections.list(super.getHeaders(name)));
        } catch (RequestRejectedException e) {
            return behindFirewall(e).getHeaders(name);
        }
    }

    private HttpServletRequest behindFirewall(RequestRejectedException otherwise) {
        ServletRequest request = getRequest();
        while (request instanceof ServletRequestWrapper wrapper) {
            request = wrapper.getRequest();
            if (wrapper instanceof FirewalledRequest) {
                return (HttpServletRequest) request;
            }
        }
        throw otherwise;
    }
}
