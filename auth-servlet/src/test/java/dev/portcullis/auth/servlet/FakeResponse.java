package dev.portcullis.auth.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A response that goes nowhere. */
public final class FakeResponse {

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int status = 200;
    private boolean committed;
    private boolean written;

    /** One that is on its way already. */
    public FakeResponse committed() {
        committed = true;
        return this;
    }

    /** One whose writer was asked for already, so that its stream is not to be had. */
    public FakeResponse written() {
        written = true;
        return this;
    }

    /** The status. */
    public int status() {
        return status;
    }

    /** A header, or null. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** All of the body. */
    public String body() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The response. */
    public HttpServletResponse get() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                FakeResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> answer(method.getName(), arguments == null ? new Object[0] : arguments));
    }

    private @Nullable Object answer(String question, Object[] arguments) {
        switch (question) {
            case "isCommitted" -> {
                return committed;
            }
            case "setStatus" -> status = (Integer) arguments[0];
            case "setHeader" -> set((String) arguments[0], (String) arguments[1]);
            case "setContentType" -> set("Content-Type", (String) arguments[0]);
            case "setContentLength" -> set("Content-Length", String.valueOf(arguments[0]));
            case "setCharacterEncoding" -> set("charset", (String) arguments[0]);
            case "resetBuffer" -> bytes.reset();
            case "getWriter" -> {
                return new PrintWriter(bytes, true, StandardCharsets.UTF_8) {
                    @Override
                    public void write(String text) {
                        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
                    }
                };
            }
            case "getOutputStream" -> {
                if (written) {
                    throw new IllegalStateException("getWriter() was called");
                }
                return new Stream();
            }
            default -> throw new UnsupportedOperationException(question);
        }
        return null;
    }

    private void set(String name, @Nullable String value) {
        if (value == null) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
    }

    /** What is written. */
    private final class Stream extends ServletOutputStream {

        @Override
        public void write(int value) {
            bytes.write(value);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
