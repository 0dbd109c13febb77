package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.AuthenticationMethod;
import jakarta.servlet.ServletContext;

/**
 * All {@link Routes}, for callers that one method finds out.
 *
 * @param method how
 */
record Guarded(AuthenticationMethod method) implements App {

    @Override
    public String contextPath() {
        return "";
    }

    @Override
    public void deploy(ServletContext context, Trust trust, Witness witness) {
        Deployment.add(context, method, Deployment.telling(witness).build());
        Routes.addServlets(context);
    }
}
