package dev.portcullis.auth.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request that no container has received: what is asked of it is what was put there, and nothing else can be asked. */
public final class FakeRequest {

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, @Nullable Object> answers = new HashMap<>();
    private byte[] body = {};

    private FakeRequest(String method, String uri) {
        answers.put("getMethod", method);
        answers.put("getRequestURI", uri);
        answers.put("getContextPath", "");
        answers.put("getServletPath", "");
        answers.put("getPathInfo", null);
        answers.put("getQueryString", null);
        answers.put("getDispatcherType", DispatcherType.REQUEST);
        answers.put("isSecure", false);
        answers.put("getRemoteAddr", "192.0.2.1");
        answers.put("getServerName", "localhost");
        answers.put("getServerPort", 80);
        answers.put("getContentType", null);
        answers.put("getCharacterEncoding", null);
        answers.put("getParameterMap", Map.of());
    }

    /** A request with nothing but a method and a path. */
    public static FakeRequest of(String method, String uri) {
        return new FakeRequest(method, uri);
    }

    /** The same with an answer to a question, such as {@code getQueryString}. */
    public FakeRequest answering(String question, @Nullable Object answer) {
        answers.put(question, answer);
        return this;
    }

    /** The same with one more header. */
    public FakeRequest with(String name, String value) {
        headers.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
        return name.equalsIgnoreCase("Content-Type") ? answering("getContentType", value) : this;
    }

    /** The same with a body, one byte for each character. */
    public FakeRequest withBody(String text) {
        body = text.getBytes(StandardCharsets.ISO_8859_1);
        return this;
    }

    /** The same with an attribute. */
    public FakeRequest holding(String name, Object value) {
        attributes.put(name, value);
        return this;
    }

    /** The request. */
    public HttpServletRequest get() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                FakeRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> answer(method.getName(), arguments == null ? new Object[0] : arguments));
    }

    private @Nullable Object answer(String question, Object[] arguments) {
        return switch (question) {
            case "getHeader" ->
                values(arguments).isEmpty() ? null : values(arguments).get(0);
            case "getHeaders" -> Collections.enumeration(values(arguments));
            case "getAttribute" -> attributes.get((String) arguments[0]);
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            case "getInputStream" -> new Stream(body);
            case "getContentLengthLong" -> answers.getOrDefault(question, (long) body.length);
            case "getServletContext" -> context();
            default -> {
                if (!answers.containsKey(question)) {
                    throw new UnsupportedOperationException(question);
                }
                yield answers.get(question);
            }
        };
    }

    private List<String> values(Object[] arguments) {
        return headers.getOrDefault((String) arguments[0], List.of());
    }

    /** At the root, with nothing in it. */
    private static ServletContext context() {
        return (ServletContext) Proxy.newProxyInstance(
                FakeRequest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> method.getName().equals("getContextPath") ? "" : null);
    }

    /** A body as a container has it. */
    private static final class Stream extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Stream(byte[] body) {
            this.bytes = new ByteArrayInputStream(body);
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
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
