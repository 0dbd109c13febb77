package dev.portcullis.auth.example;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** Answers every request in one way. */
final class FixedServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> body;

    FixedServlet(int status, Map<String, String> body) {
        this.status = status;
        this.body = body;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JSON.write(response, status, body);
    }
}
