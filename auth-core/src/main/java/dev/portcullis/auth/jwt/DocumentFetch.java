package dev.portcullis.auth.jwt;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the document at one URL. Nothing that the other side does makes it take longer, or hold more, than allowed:
 * redirects are not followed, and both the whole time and the size are bounded.
 */
final class DocumentFetch {

    private final URI uri;
    private final String accepted;
    private final Duration timeout;
    private final int maximumBytes;
    private final HttpClient client;

    /**
     * A fetch.
     *
     * @param accepted the media types that are asked for, as {@code Accept} has them
     */
    DocumentFetch(URI uri, String accepted, Duration timeout, int maximumBytes, Executor executor) {
        this.uri = uri;
        this.accepted = accepted;
        this.timeout = timeout;
        this.maximumBytes = maximumBytes;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(executor)
                .build();
    }

    /**
     * Fetches the document.
     *
     * @return an answer with status 200
     * @throws FetchFailedException if there is none, or not in time
     * @throws InterruptedException if the key source was closed
     */
    HttpResponse<byte[]> get() throws FetchFailedException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", accepted)
                .timeout(timeout)
                .build();
        AtomicReference<@Nullable BoundedBody> body = new AtomicReference<>();
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request, answer -> {
            BoundedBody reading = new BoundedBody(answer, maximumBytes);
            body.set(reading);
            return reading;
        });
        try {
            return exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            end(exchange, body.get());
            throw late();
        } catch (InterruptedException e) {
            end(exchange, body.get());
            throw e;
        }
    }

    /** The request's own time-out ends with the header fields; a body that drips must be cut off from here. */
    private void end(CompletableFuture<?> exchange, @Nullable BoundedBody body) {
        exchange.cancel(true);
        if (body != null) {
            body.giveUp(late());
        }
    }

    private FetchFailedException late() {
        return new FetchFailedException("did not come in full within " + timeout.toMillis() + " ms");
    }

    private FetchFailedException failure(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !(cause instanceof FetchFailedException)) {
            cause = cause.getCause();
        }
        if (cause instanceof FetchFailedException known) {
            return known;
        }
        if (cause instanceof HttpTimeoutException) {
            return late();
        }
        if (cause instanceof UnresolvedAddressException) {
            return new FetchFailedException("could not be fetched: the name of its host is not known");
        }
        if (cause instanceof ConnectException || cause instanceof ClosedChannelException) {
            return new FetchFailedException("could not be fetched: there is no connection to its host");
        }
        return new FetchFailedException("could not be fetched: " + LogText.plain(cause.toString()));
    }
}
