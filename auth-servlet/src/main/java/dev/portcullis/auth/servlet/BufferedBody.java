package dev.portcullis.auth.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A body that is in memory already, read as if it came from the network. */
final class BufferedBody extends ServletInputStream {

    private final ByteArrayInputStream bytes;
    private final AsyncSource async;
    private @Nullable ReadListener listener;

    /** Where the asynchronous operation is found whose thread reads. */
    @FunctionalInterface
    interface AsyncSource {

        /** The operation that was started, or an {@link IllegalStateException}. */
        AsyncContext context();
    }

    BufferedBody(byte[] body, AsyncSource async) {
        this.bytes = new ByteArrayInputStream(body);
        this.async = async;
    }

    @Override
    public boolean isFinished() {
        return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    /** {@inheritDoc} The listener is called on a thread of the container's, as it is for bytes that are yet to come. */
    @Override
    public void setReadListener(ReadListener readListener) {
        if (listener != null) {
            throw new IllegalStateException("There is a ReadListener already");
        }
        if (readListener == null) {
            throw new NullPointerException("readListener");
        }
        AsyncContext context = async.context();
        listener = readListener;
        context.start(() -> tell(readListener));
    }

    private void tell(ReadListener told) {
        try {
            if (!isFinished()) {
                told.onDataAvailable();
            }
            if (isFinished()) {
                told.onAllDataRead();
            }
        } catch (IOException | RuntimeException e) {
            told.onError(e);
        }
    }

    @Override
    public int read() {
        return bytes.read();
    }

    @Override
    public int read(byte[] target, int from, int length) {
        return bytes.read(target, from, length);
    }

    @Override
    public int available() {
        return bytes.available();
    }
}
