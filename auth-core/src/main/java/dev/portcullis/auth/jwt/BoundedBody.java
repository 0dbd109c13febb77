package dev.portcullis.auth.jwt;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, read up to a limit. An answer that is not wanted is given up before its body is read, by ending
 * the exchange: a body that is read to be thrown away could be endless.
 */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

    private final int limit;
    private final @Nullable FetchFailedException refusal;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription subscription;

    /** Reads the body, unless status and fields show that it is of no use. */
    BoundedBody(HttpResponse.ResponseInfo answer, int limit) {
        this.limit = limit;
        this.refusal = refusal(answer.statusCode(), answer.headers());
    }

    private static @Nullable FetchFailedException refusal(int status, HttpHeaders headers) {
        if (status != 200) {
            String redirect = headers.firstValue("location").isPresent() ? ", and redirects are not followed" : "";
            return new FetchFailedException("was answered with status " + status + redirect);
        }
        if (!headers.allValues("content-encoding").stream().allMatch("identity"::equalsIgnoreCase)) {
            return new FetchFailedException("is compressed, which was not asked for");
        }
        return null;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription started) {
        subscription = started;
        if (refusal != null) {
            giveUp(refusal);
        } else if (body.isDone()) {
            started.cancel();
        } else {
            started.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (buffer.remaining() > limit - read.size()) {
                giveUp(new FetchFailedException("has more than " + limit + " bytes"));
                return;
            }
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            read.write(bytes, 0, bytes.length);
        }
        Flow.Subscription current = subscription;
        if (current != null) {
            current.request(1);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        body.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        body.complete(read.toByteArray());
    }

    /** Ends the exchange, which closes the connection. */
    void giveUp(FetchFailedException why) {
        body.completeExceptionally(why);
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }
}
