package dev.portcullis.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A body that was read to check its signature is there once more. Containers are asked for the same over the wire. */
final class BufferedRequestTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=b";
    private static final String PARTS = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n"
            + "--b\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n2\r\n--b--";

    /** The same request, after its body was read. */
    private static HttpServletRequest read(FakeRequest request) throws IOException {
        HttpServletRequest received = request.get();
        assertThat(BufferedRequest.of(received)).isSameAs(received);
        assertThat(BufferedRequest.read(received, 10_000)).isNotNull();
        HttpServletRequest again = BufferedRequest.of(received);
        assertThat(again).isInstanceOf(BufferedRequest.class);
        return again;
    }

    private static FakeRequest post(@Nullable String type, String body) {
        FakeRequest request = FakeRequest.of("POST", "/").withBody(body);
        return type == null ? request : request.with("Content-Type", type);
    }

    @Test
    void aBodyIsReadToItsLimitAndKept() throws IOException {
        assertThat(BufferedRequest.read(post(null, "123").get(), 2)).isNull();
        for (int most : List.of(3, 4, Integer.MAX_VALUE)) {
            FakeRequest request = post(null, "123");
            assertThat(BufferedRequest.read(request.get(), most)).asString().isEqualTo("123");
            request.withBody("");
            assertThat(BufferedRequest.read(request.get(), 3)).asString().isEqualTo("123");
            assertThat(BufferedRequest.read(request.get(), 2)).isNull();
        }
    }

    @Test
    void aBodyIsAStreamOrAReaderButNotBoth() throws IOException {
        HttpServletRequest request = read(post("application/json", "{}"));
        assertThat(request.getInputStream()).isSameAs(request.getInputStream());
        assertThat(request.getInputStream().readAllBytes()).asString().isEqualTo("{}");
        assertThatThrownBy(request::getReader).isInstanceOf(IllegalStateException.class);
        HttpServletRequest other = read(post("application/json", "{}"));
        assertThat(other.getReader()).isSameAs(other.getReader());
        assertThat(other.getReader().readLine()).isEqualTo("{}");
        assertThatThrownBy(other::getInputStream).isInstanceOf(IllegalStateException.class);
    }

    /** RFC 8259 section 8.1: JSON is UTF-8; for all else there is a default of Servlet 6.1. */
    @Test
    void aReaderReadsInTheCharsetOfTheBody() throws IOException {
        String bytes = new String("\u00e4".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(read(post("application/json", bytes)).getReader().readLine()).isEqualTo("\u00e4");
        assertThat(read(post("text/plain", bytes)).getReader().readLine()).isEqualTo(bytes);
        assertThat(read(post(null, bytes)).getReader().readLine()).isEqualTo(bytes);
        assertThat(read(post(null, bytes).answering("getCharacterEncoding", "utf-8"))
                        .getReader()
                        .readLine())
                .isEqualTo("\u00e4");
        HttpServletRequest odd = read(post(null, bytes).answering("getCharacterEncoding", "none-such"));
        assertThatThrownBy(odd::getReader).isInstanceOf(UnsupportedEncodingException.class);
    }

    private static FakeRequest withQuery(FakeRequest request) {
        return request.answering("getQueryString", "a=0&q=%C3%A4")
                .answering("getParameterMap", Map.of("a", new String[] {"0"}));
    }

    /** Servlet 6.1 section 3.1: the query first, the body behind it. */
    @Test
    void theFieldsOfAFormAreParameters() throws IOException {
        HttpServletRequest request = read(withQuery(post(FORM, "a=1&b=%E4&b=2")));
        assertThat(request.getParameter("a")).isEqualTo("0");
        assertThat(request.getParameterValues("a")).containsExactly("0", "1");
        assertThat(request.getParameter("c")).isNull();
        assertThat(request.getParameterValues("c")).isNull();
        assertThat(Collections.list(request.getParameterNames())).containsExactly("a", "b");
        assertThat(request.getParameterMap()).containsOnlyKeys("a", "b");
        assertThatThrownBy(() -> request.getParameterMap().clear()).isInstanceOf(UnsupportedOperationException.class);
        request.getParameterValues("a")[0] = "changed";
        assertThat(request.getParameter("a")).isEqualTo("0");
    }

    @Test
    void aFormIsInItsCharset() throws IOException {
        assertThat(read(post(FORM, "a=%C3%A4")).getParameter("a")).isEqualTo("\u00e4");
        assertThat(read(post(FORM, "a=%E4").answering("getCharacterEncoding", "latin1"))
                        .getParameter("a"))
                .isEqualTo("\u00e4");
        assertThat(read(post(FORM, "a=%C3%A4").answering("getCharacterEncoding", "none-such"))
                        .getParameter("a"))
                .isEqualTo("\u00e4");
    }

    @Test
    void aBodyThatTheApplicationReadsIsNoForm() throws IOException {
        HttpServletRequest streamed = read(withQuery(post(FORM, "a=1")));
        streamed.getInputStream();
        assertThat(streamed.getParameterValues("a")).containsExactly("0");
        HttpServletRequest read = read(withQuery(post(FORM, "a=1")));
        read.getReader();
        assertThat(read.getParameterValues("a")).containsExactly("0");
        assertThat(read(withQuery(post("text/plain", "a=1"))).getParameterValues("a"))
                .containsExactly("0");
    }

    @Test
    void thePartsOfAMultipartFormAreThereAndItsFieldsAreParameters() throws Exception {
        HttpServletRequest request = read(withQuery(post(MULTIPART, PARTS)));
        assertThat(request.getParameterValues("a")).containsExactly("0", "1");
        assertThat(request.getParameter("q")).isEqualTo("\u00e4");
        assertThat(request.getParameter("f")).isNull();
        assertThat(request.getParts()).hasSize(2);
        assertThat(request.getPart("f").getSubmittedFileName()).isEqualTo("f");
        assertThat(request.getPart("f")).isSameAs(request.getPart("f"));
        assertThat(request.getPart("none")).isNull();
        assertThat(read(post(MULTIPART, PARTS)).getParameterValues("a")).containsExactly("1");
        assertThat(read(withQuery(post(MULTIPART, "broken"))).getParameterValues("a"))
                .containsExactly("0");
        assertThatThrownBy(() -> read(post(FORM, "a=1")).getParts()).isInstanceOf(ServletException.class);
    }

    /** Without a container's directory there is that of the system. */
    @Test
    void aPartIsWrittenWhereItsNameSays() throws Exception {
        Path file = Files.createTempFile("part", null);
        read(post(MULTIPART, PARTS)).getPart("a").write(file.toString());
        assertThat(file).hasContent("1");
    }

    /** What a listener is told, and by which it was told. */
    private static final class Listening implements ReadListener {

        private final List<String> told = new ArrayList<>();
        private final BufferedBody body;
        private final boolean failing;

        Listening(BufferedBody body, boolean failing) {
            this.body = body;
            this.failing = failing;
        }

        @Override
        public void onDataAvailable() throws IOException {
            told.add("data");
            if (failing) {
                throw new IOException("the application's own");
            }
            body.readAllBytes();
        }

        @Override
        public void onAllDataRead() {
            told.add("all");
        }

        @Override
        public void onError(Throwable problem) {
            told.add(String.valueOf(problem.getMessage()));
        }
    }

    private static BufferedBody body(String text) {
        AsyncContext async = (AsyncContext) Proxy.newProxyInstance(
                BufferedRequestTest.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    ((Runnable) arguments[0]).run();
                    return null;
                });
        return new BufferedBody(text.getBytes(StandardCharsets.UTF_8), () -> async);
    }

    private static List<String> told(String text, boolean failing) {
        BufferedBody body = body(text);
        Listening listener = new Listening(body, failing);
        body.setReadListener(listener);
        return listener.told;
    }

    @Test
    void aListenerIsToldOfAllDataAndOfItsEnd() {
        assertThat(told("abc", false)).containsExactly("data", "all");
        assertThat(told("", false)).containsExactly("all");
        assertThat(told("abc", true)).containsExactly("data", "the application's own");
    }

    @Test
    @SuppressWarnings("NullAway") // the specification asks for it
    void thereIsOneListenerAndItIsNoNull() {
        BufferedBody body = body("");
        assertThatThrownBy(() -> body.setReadListener(null)).isInstanceOf(NullPointerException.class);
        body.setReadListener(new Listening(body, false));
        assertThatThrownBy(() -> body.setReadListener(new Listening(body, false)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBodyInMemoryIsReadyToItsEnd() throws IOException {
        BufferedBody body = body("abc");
        byte[] target = new byte[3];
        assertThat(body.isReady()).isTrue();
        assertThat(body.isFinished()).isFalse();
        assertThat(body.available()).isEqualTo(3);
        assertThat(body.read()).isEqualTo('a');
        assertThat(body.read(target, 1, 2)).isEqualTo(2);
        assertThat(target).containsExactly(0, 'b', 'c');
        assertThat(body.isFinished()).isTrue();
        assertThat(body.available()).isZero();
        assertThat(body.read()).isEqualTo(-1);
    }

    /** A wrapper of the application's does not hide what was read. */
    @Test
    void aForwardFindsTheBodyAgain() throws IOException {
        FakeRequest request = post("text/plain", "abc");
        read(request);
        HttpServletRequest forwarded = BufferedRequest.of(new HttpServletRequestWrapper(request.get()));
        assertThat(forwarded.getInputStream().readAllBytes()).asString().isEqualTo("abc");
    }
}
