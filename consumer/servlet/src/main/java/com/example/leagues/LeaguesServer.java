package com.example.leagues;

import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.TrustedIssuer;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.PermissionFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** Leagues behind the two filters, on an embedded Tomcat. */
public final class LeaguesServer implements AutoCloseable {

    private final Tomcat tomcat = new Tomcat();
    private final JWKSAuthentication tokens;
    private final PermissionRules rules = PermissionRules.builder()
            .rule("GET", "/leagues/**", Requirement.allOf("catalog:read"))
            .build();

    public LeaguesServer(String issuer, URI jwks) throws IOException, LifecycleException {
        tokens = JWKSAuthentication.builder()
                .trust(TrustedIssuer.named(issuer).jwks(jwks).audience("leagues").build())
                .build();
        tomcat.setBaseDir(Files.createTempDirectory("leagues").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.addContext("", null)
                .addServletContainerInitializer((types, context) -> deploy(context), Set.of());
        tomcat.start();
    }

    private void deploy(ServletContext context) {
        add(context, "authentication", AuthenticationFilter.builder(tokens).build());
        add(context, "permissions", PermissionFilter.builder(rules).build());
        context.addServlet("leagues", new Leagues()).addMapping("/");
    }

    private static void add(ServletContext context, String name, Filter filter) {
        FilterRegistration.Dynamic added = context.addFilter(name, filter);
        added.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        added.setAsyncSupported(true);
    }

    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        tokens.close();
    }

    private static final class Leagues extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.getWriter().println("Premier League, for " + request.getRemoteUser());
        }
    }
}
