package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.Refusals;
import dev.portcullis.auth.servlet.RequestFault;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page on which people manage their keys: it lists, issues, rotates, revokes and deletes them by way of
 * {@link APIKeyServlet}. Map it to a path and all below it, such as {@code /api-keys/*}, and open that path to anyone:
 * the page itself holds nothing. It is static, asks nothing of any other server, and runs under a
 * {@code Content-Security-Policy} that lets nothing else in.
 *
 * <p>Who uses it pastes a token, which stays in the memory of the tab, and is neither stored nor put into an address. An
 * application that has signed its users in can spare them that: see {@link Builder#tokenScript(String)}.
 */
public final class KeyPageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private final transient Refusals refusals = FilterSettings.builder().build().refusals();

    /** Where the endpoints are, for the page. */
    private final String endpoints;

    /** Where the application's script is that hands over a token, or null. */
    private final @Nullable String tokenScript;

    private KeyPageServlet(String endpoints, @Nullable String tokenScript) {
        this.endpoints = endpoints;
        this.tokenScript = tokenScript;
    }

    /**
     * Begins a servlet.
     *
     * @return a builder with every setting at its default
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        protect(response);
        String path = request.getPathInfo();
        PageFile file = PageFile.named(path == null ? "" : path.substring(1));
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            refusals.refuse(response, RequestFault.METHOD_NOT_ALLOWED);
        } else if (file == null) {
            refusals.refuse(response, RequestFault.NOT_FOUND);
        } else if (path == null) {
            sendToDirectory(request, response);
        } else {
            file.filledIn(request.getContextPath(), endpoints, tokenScript).writeTo(request, response);
        }
    }

    /** Without the slash, what the page links to would be looked for beside it. Relative, whatever a proxy has done. */
    private static void sendToDirectory(HttpServletRequest request, HttpServletResponse response) {
        String path = request.getServletPath();
        response.setStatus(HttpServletResponse.SC_PERMANENT_REDIRECT);
        response.setHeader("Location", "./" + path.substring(path.lastIndexOf('/') + 1) + "/");
        response.setContentLength(0);
    }

    private static void protect(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-cache");
    }

    /** The settings of a {@link KeyPageServlet}. */
    public static final class Builder {

        private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~%-]+)+/?");

        private String endpoints = "/api/v1/api-keys/";
        private @Nullable String tokenScript;

        private Builder() {}

        /**
         * Where {@link APIKeyServlet} is mapped, in the same application.
         *
         * @param path {@code /api/v1/api-keys/} unless set; a path below the context path, from its slash on
         * @return this builder
         */
        public Builder endpoints(String path) {
            this.endpoints = path;
            return this;
        }

        /**
         * Has the page load a script of the application's own, by which it signs its users in. The script hands over a
         * token, or better a function that gives a fresh one whenever it is asked, also as a promise:
         *
         * <pre>{@code
         * window.dispatchEvent(new CustomEvent("portcullis-token", { detail: () => session.getToken() }));
         * }</pre>
         *
         * <p>It can do so as often as it likes. It is loaded as a module, after the page's own scripts, and is held to the
         * page's {@code Content-Security-Policy}: it can load, and talk to, its own origin alone.
         *
         * @param path where the script is; none unless set; a path below the context path, from its slash on
         * @return this builder
         */
        public Builder tokenScript(String path) {
            this.tokenScript = path;
            return this;
        }

        /**
         * Makes the servlet.
         *
         * @return the servlet
         * @throws IllegalArgumentException if a path is not one
         */
        public KeyPageServlet build() {
            check("endpoints", endpoints);
            if (tokenScript != null) {
                check("tokenScript", tokenScript);
            }
            return new KeyPageServlet(endpoints, tokenScript);
        }

        private static void check(String setting, String path) {
            if (!PATH.matcher(path).matches()) {
                throw new IllegalArgumentException(
                        setting + " is '" + path + "'; write a path below the context path, such as /api/v1/api-keys/");
            }
        }
    }
}
