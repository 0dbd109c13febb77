package dev.portcullis.auth.example;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** One of the two inference APIs. */
final class InferenceServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final Inference api;

    InferenceServlet(Inference api) {
        this.api = api;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        api.serve(request, response);
    }
}
