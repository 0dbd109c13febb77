package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.jwt.KeyDirectory;
import dev.portcullis.auth.jwt.PublishedKeys;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.Refusals;
import dev.portcullis.auth.servlet.RequestFault;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.PublicKey;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where secret-scanning partners report keys that they found in public, in the form that GitHub has for it. A report is
 * a {@code POST} of a JSON array of found tokens, signed with one of the partner's published keys in
 * {@code GitHub-Public-Key-Identifier} and {@code GitHub-Public-Key-Signature}. Nothing of it is looked at before the
 * signature holds: without one, or with a wrong one, the answer is 403. Then every token that is a key is revoked for
 * good and written to the audit, the listener is told, and the answer tells the partner which tokens were real.
 *
 * <p>Map it to one path, such as {@code /leaks}, which is open to anyone by the rules in front of it: the signature is
 * all there is to prove. A report that is sent again does no harm, for a key is revoked once.
 *
 * <p>If the partner's keys or the key store cannot be asked, the answer is 503 with {@code Retry-After}.
 */
public final class LeakServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(LeakServlet.class);

    private static final String KEY = "GitHub-Public-Key-Identifier";
    private static final String SIGNATURE = "GitHub-Public-Key-Signature";
    private static final int MOST_BYTES = 1024 * 1024;
    private static final int MOST_TOKENS = 10_000;

    private final transient APIKeys keys;
    private final transient KeyDirectory<PublicKey> signers;
    private final transient Refusals refusals;
    private final transient @Nullable LeakListener listener;

    /** What the audit calls the partner. */
    private final String finder;

    private LeakServlet(Builder settings) {
        keys = settings.keys;
        refusals = settings.shared.refusals();
        listener = settings.listener;
        finder = settings.finder;
        signers = settings.signers.directory(ScannerKeys::read);
    }

    /**
     * Begins a servlet.
     *
     * @param keys what is searched for the tokens
     * @param signers where the partner publishes its keys, and how they are fetched; GitHub's are at
     *     {@code https://api.github.com/meta/public_keys/secret_scanning}
     * @return a builder with every other setting at its default
     */
    public static Builder builder(APIKeys keys, PublishedKeys.Builder signers) {
        return new Builder(keys, signers);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        try {
            LeakReport report = report(request);
            report.revoke(keys, new Actor(finder, ClientAddress.of(request)), this::tell);
            KeyAnswer.of(HttpServletResponse.SC_OK, report.feedback()).writeTo(response);
        } catch (RequestFaultException e) {
            response.setHeader("Allow", e.allow());
            refusals.refuse(response, e.fault());
        } catch (AuthUnavailableException e) {
            refusals.refuse(response, e);
        }
    }

    /** A report that the partner has signed. */
    private LeakReport report(HttpServletRequest request) throws RequestFaultException {
        String path = request.getPathInfo();
        if (path != null && !path.equals("/")) {
            throw new RequestFaultException(RequestFault.NOT_FOUND);
        }
        if (!request.getMethod().equals("POST")) {
            throw RequestFaultException.notAllowed("POST");
        }
        String signature = header(request, SIGNATURE);
        PublicKey signer = signers.find(header(request, KEY));
        byte[] body = body(request);
        if (signer == null || !ScannerKeys.verify(signer, body, signature)) {
            throw new RequestFaultException(RequestFault.INVALID_SIGNATURE);
        }
        LeakReport report = LeakReport.read(body);
        if (report == null) {
            throw new RequestFaultException(RequestFault.MALFORMED_REPORT);
        }
        if (report.size() > MOST_TOKENS) {
            throw new RequestFaultException(RequestFault.BODY_TOO_LARGE);
        }
        return report;
    }

    private static String header(HttpServletRequest request, String name) throws RequestFaultException {
        List<String> values = Collections.list(request.getHeaders(name));
        if (values.size() != 1 || values.get(0).isEmpty()) {
            throw new RequestFaultException(RequestFault.INVALID_SIGNATURE);
        }
        return values.get(0);
    }

    private static byte[] body(HttpServletRequest request) throws RequestFaultException {
        try {
            return RequestBody.read(request, MOST_BYTES);
        } catch (IOException e) {
            throw new RequestFaultException(RequestFault.MALFORMED_REPORT);
        }
    }

    private void tell(Leak leak) {
        LOG.warn("A key was found in public and is revoked: {}", leak.key());
        if (listener == null) {
            return;
        }
        try {
            listener.onLeak(leak);
        } catch (Exception e) {
            LOG.warn("The listener {} failed", listener.getClass().getName(), e);
        }
    }

    /** Ends fetching the partner's keys. */
    @Override
    public void destroy() {
        signers.close();
    }

    /** The settings of a {@link LeakServlet}. */
    public static final class Builder {

        private final APIKeys keys;
        private final PublishedKeys.Builder signers;
        private FilterSettings shared = FilterSettings.builder().build();
        private @Nullable LeakListener listener;
        private String finder = "secret-scanning";

        private Builder(APIKeys keys, PublishedKeys.Builder signers) {
            this.keys = keys;
            this.signers = signers;
        }

        /**
         * How refusals are written: what the filters were given. The defaults unless set.
         *
         * @param settings the settings, of which the error format counts here
         * @return this builder
         */
        public Builder settings(FilterSettings settings) {
            this.shared = settings;
            return this;
        }

        /**
         * Who is told of every key that was found. Nobody unless set; the audit has it in any case.
         *
         * @param told the listener
         * @return this builder
         */
        public Builder listener(LeakListener told) {
            this.listener = told;
            return this;
        }

        /**
         * What the audit calls the partner.
         *
         * @param name {@code secret-scanning} unless set; 1 to 255 characters, none of them a control character
         * @return this builder
         */
        public Builder finder(String name) {
            this.finder = name;
            return this;
        }

        /**
         * Makes the servlet; the first fetch of the partner's keys starts now, in the background.
         *
         * @return the servlet
         * @throws IllegalArgumentException if a setting is wrong
         */
        public LeakServlet build() {
            var unused = new Actor(finder, finder); // checks the name
            return new LeakServlet(this);
        }
    }
}
