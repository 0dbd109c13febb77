package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.AccountKeys;
import dev.portcullis.auth.apikey.KeyFault;
import dev.portcullis.auth.apikey.KeyRefusedException;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.Refusals;
import dev.portcullis.auth.servlet.RequestFault;
import dev.portcullis.auth.signature.SigningKeys;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The endpoints by which signed-in users manage the public keys that their requests are signed with. Map it to a path and
 * all below it, such as {@code /api/v1/signing-keys/*}, behind {@link AuthenticationFilter}. Below that path, where a slash
 * at the end makes no difference:
 *
 * <ul>
 *   <li>{@code GET /}: list keys, newest first, in pages as API keys are
 *   <li>{@code POST /}: register one, by a JSON object with {@code name}, {@code public_key} and perhaps {@code scopes}
 *   <li>{@code GET} and {@code DELETE /{id}/}: one key
 *   <li>{@code GET /audit/}: what was done to the caller's keys
 *   <li>{@code GET /openapi.json}: all this as an OpenAPI 3.1 document, which needs no caller
 * </ul>
 *
 * <p>Who may do so, what a key can be called and which scopes it can have is the same as for API keys. Every answer has
 * {@code Cache-Control: no-store}, and every refusal is in the words of {@link Reason},
 * {@link dev.portcullis.auth.apikey.KeyRefusal}, {@link KeyFault} and {@link RequestFault}.
 */
public final class SigningKeyServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient APIKeys keys;
    private final transient SigningKeys signingKeys;
    private final transient FilterSettings shared;

    private SigningKeyServlet(Builder settings) {
        this.keys = settings.keys;
        this.signingKeys = settings.signingKeys;
        this.shared = settings.shared;
    }

    /**
     * Begins a servlet.
     *
     * @param signingKeys what it manages
     * @param keys whose rules for names, scopes and those who manage keys hold here too
     * @return a builder with every other setting at its default
     */
    public static Builder builder(SigningKeys signingKeys, APIKeys keys) {
        return new Builder(signingKeys, keys);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Refusals words = shared.refusalsFor(request);
        response.setHeader("X-Content-Type-Options", "nosniff");
        try {
            SigningKeyPath path = SigningKeyPath.of(request);
            Caller caller = AuthenticationFilter.callerOf(request);
            if (path.place() == SigningKeyPath.Place.DOCUMENT) {
                OpenAPIDocument.SIGNING_KEYS.answer(request).writeTo(response);
            } else if (caller == null) {
                words.refuse(response, Reason.NO_CREDENTIALS);
            } else {
                call(path, caller, request).answer().writeTo(response);
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

    /** A body that breaks off, or whose chunks are malformed, is the client's fault. */
    private KeyCall call(SigningKeyPath path, Caller caller, HttpServletRequest request) throws RequestFaultException {
        AccountKeys account = keys.of(caller, ClientAddress.of(request));
        try {
            return new SigningKeyCalls(signingKeys, account, request).read(path);
        } catch (IOException e) {
            throw KeyRefusedException.invalid(Map.of("body", List.of(KeyFault.MALFORMED_BODY)));
        }
    }

    /** The settings of a {@link SigningKeyServlet}. */
    public static final class Builder {

        private final SigningKeys signingKeys;
        private final APIKeys keys;
        private FilterSettings shared = FilterSettings.builder().build();

        private Builder(SigningKeys signingKeys, APIKeys keys) {
            this.signingKeys = signingKeys;
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
         * Makes the servlet.
         *
         * @return the servlet
         */
        public SigningKeyServlet build() {
            return new SigningKeyServlet(this);
        }
    }
}
