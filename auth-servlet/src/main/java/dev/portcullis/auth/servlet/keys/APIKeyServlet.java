package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.IPAddress;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.account.Accounts;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.AccountKeys;
import dev.portcullis.auth.apikey.KeyFault;
import dev.portcullis.auth.apikey.KeyRefusedException;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.place.TrustedProxies;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.Refusals;
import dev.portcullis.auth.servlet.RequestFault;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints by which signed-in users manage the keys of their own account. Map it to a path and all below it, such
 * as {@code /api/v1/api-keys/*}, behind {@link AuthenticationFilter}. Below that path, where a slash at the end makes no
 * difference:
 *
 * <ul>
 *   <li>{@code GET} and {@code POST /}: list keys, issue one
 *   <li>{@code GET}, {@code PATCH} and {@code DELETE /{id}/}: one key
 *   <li>{@code POST /{id}/revoke/} and {@code /{id}/rotate/}
 *   <li>{@code GET /audit/}: what was done to the caller's keys
 *   <li>{@code GET /self/}: what the caller's own credential is, whatever kind it is of
 *   <li>{@code GET /openapi.json}: all this as an OpenAPI 3.1 document, which needs no caller
 * </ul>
 *
 * <p>Bodies are JSON objects of at most 64 KiB. Every answer has {@code Cache-Control: no-store}, and every refusal is in
 * the words of {@link Reason}, {@link dev.portcullis.auth.apikey.KeyRefusal}, {@link KeyFault} and {@link RequestFault}.
 * What the client's address is, for the audit, is for the container to say: the other end of the connection.
 *
 * <p>Made in code by {@link #builder}. Made by the container from its class name, it finds its {@link APIKeys}, and its
 * {@link FilterSettings} if there are any, in context attributes that bear the names of these classes.
 */
public final class APIKeyServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private transient @Nullable APIKeys keys;
    private transient @Nullable FilterSettings settings;
    private transient SelfDescription self = SelfDescription.USUAL;

    /** For the container, which calls {@link #init} next. In code, use {@link #builder}. */
    public APIKeyServlet() {}

    private APIKeyServlet(APIKeys keys, FilterSettings settings, SelfDescription self) {
        this.keys = keys;
        this.settings = settings;
        this.self = self;
    }

    /**
     * Begins a servlet.
     *
     * @param keys what it manages
     * @return a builder with every other setting at its default
     */
    public static Builder builder(APIKeys keys) {
        return new Builder(keys);
    }

    /**
     * Finds what it needs, if the container made this servlet.
     *
     * @throws ServletException if it is not there; it names what is missing
     */
    @Override
    public void init() throws ServletException {
        if (keys != null) {
            return;
        }
        if (!(getServletContext().getAttribute(APIKeys.class.getName()) instanceof APIKeys found)) {
            throw new ServletException("Servlet '" + getServletName() + "': put an APIKeys into the context attribute '"
                    + APIKeys.class.getName() + "', or make the servlet in code, by APIKeyServlet.builder");
        }
        Object shared = getServletContext().getAttribute(FilterSettings.class.getName());
        keys = found;
        settings = shared instanceof FilterSettings given
                ? given
                : FilterSettings.builder().build();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        APIKeys served = keys;
        FilterSettings shared = settings;
        if (served == null || shared == null) {
            throw new IllegalStateException("init() was not called; in code, use APIKeyServlet.builder");
        }
        Refusals words = shared.refusalsFor(request);
        response.setHeader("X-Content-Type-Options", "nosniff");
        try {
            KeyPath path = path(request);
            Caller caller = AuthenticationFilter.callerOf(request);
            if (path.place() == KeyPath.Place.DOCUMENT) {
                OpenAPIDocument.API_KEYS.answer(request).writeTo(response);
            } else if (caller == null) {
                words.refuse(response, Reason.NO_CREDENTIALS);
            } else if (path.place() == KeyPath.Place.SELF) {
                KeyCall described = () -> KeyAnswer.of(200, self.of(caller, AuthenticationFilter.requestOf(request)));
                described.answer().writeTo(response);
            } else {
                call(served, caller, path, request).answer().writeTo(response);
            }
        } catch (RequestFaultException e) {
            response.setHeader("Allow", e.allow());
            words.refuse(response, e.fault());
        } catch (KeyRefusedException e) {
            words.refuse(response, e);
        } catch (AuthUnavailableException e) {
            words.refuse(response, e);
        }
    }

    private static KeyPath path(HttpServletRequest request) throws RequestFaultException {
        KeyPath path = KeyPath.of(request.getPathInfo());
        if (path == null) {
            throw new RequestFaultException(RequestFault.NOT_FOUND);
        }
        if (!List.of(path.place().allow().split(", ")).contains(request.getMethod())) {
            throw RequestFaultException.notAllowed(path.place().allow());
        }
        return path;
    }

    /** A body that breaks off, or whose chunks are malformed, is the client's fault. */
    private static KeyCall call(APIKeys keys, Caller caller, KeyPath path, HttpServletRequest request)
            throws RequestFaultException {
        AccountKeys account = keys.of(caller, ClientAddress.of(request));
        try {
            return new KeyCalls(keys, account, request).read(path);
        } catch (IOException e) {
            throw KeyRefusedException.invalid(Map.of("body", List.of(KeyFault.MALFORMED_BODY)));
        }
    }

    /** The settings of an {@link APIKeyServlet}. */
    public static final class Builder {

        private final APIKeys keys;
        private FilterSettings shared = FilterSettings.builder().build();
        private Function<AuthRequest, @Nullable IPAddress> client = TrustedProxies.none()::clientOf;
        private @Nullable Accounts accounts;

        private Builder(APIKeys keys) {
            this.keys = keys;
        }

        /**
         * How refusals are written: what the filters were given. The defaults unless set.
         *
         * @param settings the settings, of which the error format and the realm count here
         * @return this builder
         */
        public Builder settings(FilterSettings settings) {
            this.shared = settings;
            return this;
        }

        /**
         * Who tells a caller its address, at {@code self/}. The other end of the connection unless set.
         *
         * @param places the same that admit requests
         * @return this builder
         */
        public Builder places(Places places) {
            this.client = places::clientOf;
            return this;
        }

        /**
         * Who tells a caller how its account stands, at {@code self/}. Every account is in order unless set.
         *
         * @param standings the same that admit requests
         * @return this builder
         */
        public Builder accounts(Accounts standings) {
            this.accounts = standings;
            return this;
        }

        /**
         * Makes the servlet.
         *
         * @return the servlet
         */
        public APIKeyServlet build() {
            return new APIKeyServlet(keys, shared, new SelfDescription(client, accounts, keys::now));
        }
    }
}
