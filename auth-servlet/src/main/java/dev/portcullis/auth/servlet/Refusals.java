package dev.portcullis.auth.servlet;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Decision;
import dev.portcullis.auth.Reason;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes refusals: status, headers, challenge and body, as both filters do. For what decides beside them, such as a
 * framework's own filters; it comes from {@link FilterSettings#refusals}.
 *
 * <p>The status is set, never sent as an error: an error page of the application can neither replace the words nor run
 * into the same refusal again. A response that is committed already is left as it is. What each reason says is made
 * once, so that answering a flood of bad requests costs little.
 */
public final class Refusals {

    private final ErrorFormat format;
    private final @Nullable String realm;
    private final Map<Reason, Refusal> prepared = new EnumMap<>(Reason.class);

    Refusals(ErrorFormat format, @Nullable String realm) {
        checkRealm(realm);
        this.format = format;
        this.realm = realm;
        for (Reason reason : Reason.values()) {
            prepared.put(
                    reason, new Refusal(format, reason, reason.detail(), format.challenge(reason, Set.of(), realm)));
        }
    }

    /** RFC 9110 section 5.6.4: what may stand in a quoted string without being escaped. */
    private static void checkRealm(@Nullable String realm) {
        if (realm == null) {
            return;
        }
        boolean ok = !realm.isBlank() && realm.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != '"' && c != '\\');
        if (!ok) {
            throw new IllegalArgumentException(
                    "realm must be printable ASCII without quotes and backslashes, and not blank;"
                            + " leave it out for a challenge without a realm");
        }
    }

    /**
     * Refuses a request.
     *
     * @param response the response, not committed yet
     * @param reason why; for a missing permission use {@link #refuse(HttpServletResponse, Decision.Refused)}, which
     *     names it
     * @throws IOException if the response cannot be written
     */
    public void refuse(HttpServletResponse response, Reason reason) throws IOException {
        Refusal refusal = refusal(reason);
        refusal.writeTo(response, refusal.challenge, null);
    }

    /**
     * Refuses a request as its route's requirement says.
     *
     * @param response the response, not committed yet
     * @param decision why, with the required permissions for the challenge
     * @throws IOException if the response cannot be written
     */
    public void refuse(HttpServletResponse response, Decision.Refused decision) throws IOException {
        Reason reason = decision.reason();
        String challenge = format.challenge(reason, decision.required(), realm);
        Refusal refusal = decision.message() == null
                ? refusal(reason)
                : new Refusal(format, reason, decision.detail(), challenge);
        refusal.writeTo(response, challenge, null);
    }

    /**
     * Answers that a credential could not be checked, with {@code Retry-After}.
     *
     * @param response the response, not committed yet
     * @param outage what is unavailable, and for how long; its cause is not told
     * @throws IOException if the response cannot be written
     */
    public void refuse(HttpServletResponse response, AuthUnavailableException outage) throws IOException {
        refusal(outage.reason()).writeTo(response, null, seconds(outage.retryAfter()));
    }

    private Refusal refusal(Reason reason) {
        Refusal refusal = prepared.get(reason);
        if (refusal == null) {
            throw new IllegalStateException("Every reason has its refusal, but not " + reason);
        }
        return refusal;
    }

    /** RFC 9110 section 10.2.3: whole seconds. Rounded up, for a client that is told 0 comes back at once. */
    private static String seconds(Duration wait) {
        long seconds = wait.getNano() == 0 ? wait.getSeconds() : wait.getSeconds() + 1;
        return Long.toString(Math.max(1, seconds));
    }

    /** All of one answer that does not depend on the request. */
    private static final class Refusal {

        private final int status;
        private final String contentType;
        private final byte[] body;
        private final @Nullable String challenge;

        Refusal(ErrorFormat format, Reason reason, String detail, @Nullable String challenge) {
            this.status = format.status(reason);
            this.contentType = format.contentType();
            this.body = format.body(reason, detail);
            this.challenge = challenge;
        }

        /** A header that is set to null is removed: what an earlier filter has put there is not our answer. */
        void writeTo(HttpServletResponse response, @Nullable String wwwAuthenticate, @Nullable String retryAfter)
                throws IOException {
            if (response.isCommitted()) {
                return;
            }
            response.resetBuffer();
            response.setStatus(status);
            response.setCharacterEncoding((String) null);
            response.setContentType(contentType);
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("WWW-Authenticate", wwwAuthenticate);
            response.setHeader("Retry-After", retryAfter);
            response.setContentLength(body.length);
            write(response);
        }

        /** An earlier filter may have asked for the writer already; after that the stream is not to be had. */
        private void write(HttpServletResponse response) throws IOException {
            ServletOutputStream stream;
            try {
                stream = response.getOutputStream();
            } catch (IllegalStateException e) {
                response.getWriter().write(new String(body, StandardCharsets.US_ASCII));
                return;
            }
            stream.write(body);
        }
    }
}
