package dev.portcullis.auth.servlet;

import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Decision;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.apikey.KeyFault;
import dev.portcullis.auth.apikey.KeyRefusal;
import dev.portcullis.auth.apikey.KeyRefusedException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes refusals: status, headers, challenge and body, as both filters do. For what decides beside them, such as a
 * framework's own filters, or an endpoint; it comes from {@link FilterSettings#refusals}.
 *
 * <p>The status is set, never sent as an error: an error page of the application can neither replace the words nor run
 * into the same refusal again. A response that is committed already is left as it is. What each reason says is made
 * once, so that answering a flood of bad requests costs little.
 */
public final class Refusals {

    private final ErrorFormat format;
    private final @Nullable String realm;
    private final Map<Reason, Refusal> prepared = new EnumMap<>(Reason.class);
    private final OutageLog outages = new OutageLog();

    Refusals(ErrorFormat format, @Nullable String realm) {
        checkRealm(realm);
        this.format = format;
        this.realm = realm;
        for (Reason reason : Reason.values()) {
            prepared.put(reason, refusal(reason, reason.detail(), format.challenge(reason, Set.of(), realm)));
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
     * Refuses a request with a bad credential, and tells the server's time if it was judged by that: {@code X-Server-Time},
     * in Unix seconds.
     *
     * @param response the response, not committed yet
     * @param rejected what came out
     * @throws IOException if the response cannot be written
     */
    public void refuse(HttpServletResponse response, Outcome.Rejected rejected) throws IOException {
        Instant time = rejected.serverTime();
        if (time != null && !response.isCommitted()) {
            response.setHeader("X-Server-Time", Long.toString(time.getEpochSecond()));
        }
        refuse(response, rejected.reason());
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
        Refusal refusal = decision.message() == null ? refusal(reason) : refusal(reason, decision.detail(), challenge);
        refusal.writeTo(response, challenge, null);
    }

    /**
     * Answers that something could not be checked or asked for, with {@code Retry-After}, and logs why.
     *
     * @param response the response, not committed yet
     * @param outage what is unavailable, and for how long; its cause is not told
     * @throws IOException if the response cannot be written
     */
    public void refuse(HttpServletResponse response, AuthUnavailableException outage) throws IOException {
        note(outage);
        refusal(outage.reason()).writeTo(response, null, retryAfter(outage.retryAfter()));
    }

    /**
     * Logs an outage that is answered in another form than ours, or not as one.
     *
     * @param outage what is unavailable
     */
    public void note(AuthUnavailableException outage) {
        outages.note(outage);
    }

    /**
     * Refuses a request about keys. What is wrong with which field stands in {@code errors}.
     *
     * @param response the response, not committed yet
     * @param refused why
     * @throws IOException if the response cannot be written
     */
    public void refuse(HttpServletResponse response, KeyRefusedException refused) throws IOException {
        KeyRefusal refusal = refused.refusal();
        Reason reason = refusal.reason();
        if (reason != null) {
            refuse(response, reason);
            return;
        }
        Map<String, List<String>> errors = new LinkedHashMap<>();
        refused.errors()
                .forEach((field, faults) ->
                        errors.put(field, faults.stream().map(KeyFault::message).toList()));
        refuse(response, refusal.status(), refusal.detail(), errors);
    }

    /**
     * Refuses a request that an endpoint cannot make anything of. For {@link RequestFault#METHOD_NOT_ALLOWED} the
     * {@code Allow} header is the caller's to set.
     *
     * @param response the response, not committed yet
     * @param fault why
     * @throws IOException if the response cannot be written
     */
    public void refuse(HttpServletResponse response, RequestFault fault) throws IOException {
        refuse(response, fault.status(), fault.detail(), Map.of());
    }

    private void refuse(HttpServletResponse response, int status, String detail, Map<String, List<String>> errors)
            throws IOException {
        new Refusal(status, format, format.body(status, detail, errors), null).writeTo(response, null, null);
    }

    /** What is said of a reason where there is room for one sentence alone. */
    String words(Reason reason) {
        return format.words(reason);
    }

    private Refusal refusal(Reason reason, String detail, @Nullable String challenge) {
        return new Refusal(format.status(reason), format, format.body(reason, detail), challenge);
    }

    private Refusal refusal(Reason reason) {
        Refusal refusal = prepared.get(reason);
        if (refusal == null) {
            throw new IllegalStateException("Every reason has its refusal, but not " + reason);
        }
        return refusal;
    }

    /**
     * How a time to wait is written in {@code Retry-After} (RFC 9110 section 10.2.3).
     *
     * @param wait the time
     * @return whole seconds, at least one; rounded up, for a client that is told 0 comes back at once
     */
    public static String retryAfter(Duration wait) {
        long seconds = wait.getNano() == 0 ? wait.getSeconds() : wait.getSeconds() + 1;
        return Long.toString(Math.max(1, seconds));
    }

    /** All of one answer that does not depend on the request. */
    private static final class Refusal {

        private final int status;
        private final String contentType;
        private final byte[] body;
        private final @Nullable String challenge;

        Refusal(int status, ErrorFormat format, byte[] body, @Nullable String challenge) {
            this.status = status;
            this.contentType = format.contentType();
            this.body = body;
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
                response.getWriter().write(new String(body, StandardCharsets.UTF_8));
                return;
            }
            stream.write(body);
        }
    }
}
