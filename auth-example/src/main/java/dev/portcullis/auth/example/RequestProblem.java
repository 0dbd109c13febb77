package dev.portcullis.auth.example;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that the API cannot serve, by the client's doing. The message is what the client is told. */
public final class RequestProblem extends Exception {

    private static final long serialVersionUID = 1L;

    private static final Map<Integer, String> DETAILS = Map.of(
            400, "Malformed request.",
            404, "Not found.",
            405, "Method not allowed.",
            413, "The request is too large.",
            414, "The request target is too long.",
            500, "Internal error.",
            501, "Not implemented.",
            503, "The server is stopping.");

    private final int status;
    private final @Nullable String allow;

    private RequestProblem(int status, String detail, @Nullable String allow) {
        super(detail, null, false, false);
        this.status = status;
        this.allow = allow;
    }

    static RequestProblem badRequest(String detail) {
        return new RequestProblem(400, detail, null);
    }

    /**
     * Nothing is there.
     *
     * @return 404
     */
    public static RequestProblem notFound() {
        return new RequestProblem(404, "Not found.", null);
    }

    /**
     * What is there does not do that. RFC 9110 section 15.5.6: what it does is named in {@code Allow}.
     *
     * @param allow the methods
     * @return 405
     */
    public static RequestProblem methodNotAllowed(String allow) {
        return new RequestProblem(405, "Method not allowed.", allow);
    }

    static RequestProblem conflict(String detail) {
        return new RequestProblem(409, detail, null);
    }

    static RequestProblem tooLarge(int mostBytes) {
        return new RequestProblem(413, "The body is larger than " + mostBytes + " bytes.", null);
    }

    static RequestProblem unsupportedMediaType(String detail) {
        return new RequestProblem(415, detail, null);
    }

    /**
     * What is told of a failure of which nothing but the status is known.
     *
     * @param status the HTTP status
     * @return the words
     */
    public static String detailOf(int status) {
        return DETAILS.getOrDefault(status, "The request failed.");
    }

    /**
     * How it is answered.
     *
     * @return the HTTP status
     */
    public int status() {
        return status;
    }

    /**
     * What is allowed instead.
     *
     * @return the value of {@code Allow}, or null
     */
    public @Nullable String allow() {
        return allow;
    }
}
