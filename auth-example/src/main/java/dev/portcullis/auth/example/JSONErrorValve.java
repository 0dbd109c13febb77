package dev.portcullis.auth.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Reports the container's own errors as JSON: no page, no stack trace, no name or version of the server. */
final class JSONErrorValve extends ErrorReportValve {

    private static final Map<Integer, String> DETAILS = Map.of(
            400, "Malformed request.",
            404, "Not found.",
            405, "Method not allowed.",
            413, "The request is too large.",
            414, "The request target is too long.",
            500, "Internal error.",
            501, "Not implemented.",
            503, "The server is stopping.");

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            JSON.writeDetail(response, status, DETAILS.getOrDefault(status, "The request failed."));
            response.finishResponse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
