package dev.portcullis.auth.example;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Knows the requests that are being answered, so that a server that stops can let them finish. */
final class InFlight extends ValveBase {

    private static final int MANY = 100_000;

    private final Semaphore places = new Semaphore(MANY);

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (!places.tryAcquire()) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        try {
            getNext().invoke(request, response);
            // All of the answer must have been sent when this request no longer counts.
            response.finishResponse();
        } finally {
            places.release();
        }
    }

    /** Waits until every request has been answered, and lets no other one in. */
    void drain(Duration patience) {
        try {
            places.tryAcquire(MANY, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
