package dev.portcullis.auth.example;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer must be. The words stand here and in the rows of the tour as clients know them, and are not taken from
 * the code that is under inspection.
 *
 * @param status the HTTP status
 * @param detail the exact words of a refusal; null for an answer that is none, or not by Portcullis
 * @param challenge the exact value of {@code WWW-Authenticate}; null if there must be none
 * @param problem whether the body is a problem of RFC 9457
 * @param errors the exact value of {@code errors} in the body; null if there must be none
 * @param holds regular expressions for header fields by their names, and for the body by {@link #BODY}
 */
record Expected(
        int status,
        @Nullable String detail,
        @Nullable String challenge,
        boolean problem,
        @Nullable String errors,
        Map<String, String> holds) {

    /** In place of a header field's name: the body. */
    private static final String BODY = "body";

    /** An answer that is no refusal by Portcullis. */
    static Expected status(int status) {
        return new Expected(status, null, null, false, null, Map.of());
    }

    /** Nothing was sent: the challenge holds no error (RFC 6750 section 3.1). */
    static Expected nothingSent() {
        return new Expected(401, "Authentication credentials were not provided.", "Bearer", false, null, Map.of());
    }

    /** A credential was rejected. */
    static Expected rejected(String detail) {
        String description = detail.substring(0, detail.length() - 1);
        return new Expected(
                401,
                detail,
                "Bearer error=\"invalid_token\", error_description=\"" + description + "\"",
                false,
                null,
                Map.of());
    }

    /** A permission is missing. */
    static Expected missing(String required) {
        return new Expected(
                403,
                "Token is missing one or more required permissions.",
                "Bearer error=\"insufficient_scope\", scope=\"" + required + "\"",
                false,
                null,
                Map.of());
    }

    /** The route is open to nobody. */
    static Expected notOpen() {
        return forbidden("You do not have permission to perform this action.");
    }

    /** Refused for another reason than a missing permission: no challenge. */
    static Expected forbidden(String detail) {
        return refused(403, detail);
    }

    /** The server's own trouble: no challenge, and {@code Retry-After}. */
    static Expected unavailable(String detail) {
        return refused(503, detail);
    }

    /** Refused by an endpoint: no challenge. */
    static Expected refused(int status, String detail) {
        return new Expected(status, detail, null, false, null, Map.of());
    }

    /** A field is not as it must be. */
    static Expected invalid(String field, String message) {
        return new Expected(400, "Invalid input.", null, false, "{\"" + field + "\":[\"" + message + "\"]}", Map.of());
    }

    /** The same with a header field of a form. */
    Expected with(String field, String form) {
        Map<String, String> more = new TreeMap<>(holds);
        more.put(field, form);
        return new Expected(status, detail, challenge, problem, errors, Map.copyOf(more));
    }

    /** The same with a body in which there is something of a form. */
    Expected withBody(String form) {
        return with(BODY, holds.getOrDefault(BODY, "(?s)") + "(?=.*" + form + ")");
    }

    /** The same with a body in which there is nothing of a form. */
    Expected withBodyWithout(String form) {
        return with(BODY, holds.getOrDefault(BODY, "(?s)") + "(?!.*" + form + ")");
    }

    /** An answer with this body, to the byte, in another form than a detail. */
    static Expected body(int status, String body) {
        return status(status)
                .with("Content-Type", "application/json")
                .with("Cache-Control", "no-store")
                .with(BODY, "(?s)" + Pattern.quote(body) + "\\z");
    }

    /** A login that failed. */
    static Expected failedLogin(int status, String message) {
        return body(status, "{\"error\": \"" + message + "\", \"status\": \"failure\"}");
    }

    /** The same with a challenge. */
    Expected challenged(String value) {
        return new Expected(status, detail, value, problem, errors, holds);
    }

    /** The same with a realm in the challenge. */
    Expected inRealm(String realm) {
        return new Expected(status, detail, challenge + " realm=\"" + realm + "\"", problem, errors, holds);
    }

    /** The same in the format of RFC 9457. */
    Expected asProblem() {
        return new Expected(status, detail, challenge, true, errors, holds);
    }

    /** What is different in an answer: nothing, if it is as expected. */
    List<String> differences(Ask ask, Answer answer) {
        List<String> found = new ArrayList<>();
        compare(found, "status", Integer.toString(status), Integer.toString(answer.status()));
        compare(found, "WWW-Authenticate", challenge, answer.header("WWW-Authenticate"));
        String retry = answer.header("Retry-After");
        boolean sensible = retry != null && retry.matches("[1-9][0-9]{0,3}");
        compare(
                found,
                "Retry-After",
                status == 503 || status == 429 ? "some seconds" : null,
                sensible ? "some seconds" : retry);
        if (detail != null) {
            compare(found, "Content-Type", contentType(), answer.header("Content-Type"));
            compare(found, "Cache-Control", "no-store", answer.header("Cache-Control"));
            compareBody(found, ask, answer);
        }
        holds.forEach((name, form) -> {
            String got = name.equals(BODY) ? answer.body() : answer.header(name);
            if (got == null || !got.matches(name.equals(BODY) ? form + ".*" : form)) {
                found.add(name + ": expected " + form + ", got " + (name.equals(BODY) ? "another" : got));
            }
        });
        return found;
    }

    private String contentType() {
        return problem ? "application/problem+json" : "application/json";
    }

    private void compareBody(List<String> found, Ask ask, Answer answer) {
        if (ask.isHead()) {
            compare(found, "body", "", answer.body());
        } else if (problem) {
            compare(found, "detail", detail, answer.detail());
            compare(found, "status member", Integer.toString(status), JSON.member(answer.body(), "status"));
        } else {
            String more = errors == null ? "" : ",\"errors\":" + errors;
            compare(found, "body", "{\"detail\":\"" + detail + "\"" + more + "}", answer.body());
        }
    }

    private static void compare(List<String> found, String what, @Nullable String expected, @Nullable String got) {
        if (!Objects.equals(expected, got)) {
            found.add(what + ": expected " + (expected == null ? "none" : expected) + ", got "
                    + (got == null ? "none" : got));
        }
    }
}
