package dev.portcullis.auth.blackbox;

import jakarta.servlet.ServletContext;

/** An application that a server under test runs. */
public interface App {

    /** Where it is deployed: a slash and a name, or nothing for the root of the server. */
    String contextPath();

    /** Sets the application up, while its container starts. */
    void deploy(ServletContext context, Trust trust, Witness witness);
}
