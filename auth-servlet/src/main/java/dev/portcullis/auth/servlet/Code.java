package dev.portcullis.auth.servlet;

import dev.portcullis.auth.Reason;
import java.nio.charset.StandardCharsets;

/** What {@link ErrorFormat#CODED} says: the codes and messages are those that clients of trading APIs know. */
enum Code {
    NOT_AUTHENTICATED(1000, 401, "You need to authenticate prior to using this functionality"),
    NOT_AUTHORIZED(1001, 403, "You are not authorized to access this functionality"),
    MALFORMED(1003, 400, "Request could not be processed due to malformed syntax"),
    NOT_FOUND(1004, 404, "Data Not Found"),
    TOO_MANY_REQUESTS(1006, 429, "You have surpassed the allocated rate limit for your tier"),
    ADDRESS_NOT_ALLOWED(1008, 401, "Your IP has not been whitelisted for access"),
    UNAVAILABLE(1009, 503, "We are temporarily deactivating this API endpoint, please try again later");

    private final int code;
    private final int status;
    private final String message;

    Code(int code, int status, String message) {
        this.code = code;
        this.status = status;
        this.message = message;
    }

    static Code of(Reason reason) {
        return reason == Reason.ADDRESS_NOT_ALLOWED ? ADDRESS_NOT_ALLOWED : of(reason.status());
    }

    /** What comes nearest to a status. */
    static Code of(int status) {
        return switch (status) {
            case 401 -> NOT_AUTHENTICATED;
            case 403 -> NOT_AUTHORIZED;
            case 404 -> NOT_FOUND;
            case 429 -> TOO_MANY_REQUESTS;
            case 503 -> UNAVAILABLE;
            default -> MALFORMED;
        };
    }

    /** The status that usually goes with it. */
    int status() {
        return status;
    }

    /** Three keys, and no other: one more breaks a known client. */
    byte[] body(int actual) {
        String body = "{\"code\": " + code + ", \"message\": \"" + message + "\", \"status\": " + actual + "}";
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
