package dev.portcullis.auth.example;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes of the exchange, {@code /v1/markets}, {@code /v1/balances} and {@code /v1/orders}, and {@code /v1/time}. */
final class ExchangeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Where it is mapped, and below. */
    static final String[] PATHS = {"/v1/time/*", "/v1/markets/*", "/v1/balances/*", "/v1/orders/*"};

    private static final String READ = "GET, HEAD";

    private final transient Exchange exchange;

    ExchangeServlet(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            String rest = request.getPathInfo();
            if (rest == null || rest.equals("/")) {
                serveAll(request, response);
            } else if (request.getServletPath().equals("/v1/orders")) {
                serveOrder(ResourceServlet.id(rest), request, response);
            } else {
                throw RequestProblem.notFound();
            }
        } catch (RequestProblem problem) {
            response.setHeader("Allow", problem.allow());
            JSON.writeDetail(response, problem.status(), String.valueOf(problem.getMessage()));
        }
    }

    private void serveAll(HttpServletRequest request, HttpServletResponse response) throws IOException, RequestProblem {
        String path = request.getServletPath();
        boolean orders = path.equals("/v1/orders");
        if (isRead(request)) {
            JSON.write(response, 200, orders ? orders(request) : read(path, request));
        } else if (orders && request.getMethod().equals("POST")) {
            place(request, response);
        } else {
            throw RequestProblem.methodNotAllowed(orders ? READ + ", POST" : READ);
        }
    }

    private static boolean isRead(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private Map<String, Object> read(String path, HttpServletRequest request) throws RequestProblem {
        return switch (path) {
            case "/v1/time" -> exchange.time();
            case "/v1/markets" -> exchange.markets();
            default -> exchange.balances(caller(request));
        };
    }

    private Map<String, Object> orders(HttpServletRequest request) throws RequestProblem {
        return exchange.orders(caller(request), request.getParameter("status"));
    }

    private void place(HttpServletRequest request, HttpServletResponse response) throws IOException, RequestProblem {
        Caller caller = caller(request);
        if ("1".equals(request.getParameter("dry"))) {
            JSON.write(response, 200, exchange.rehearse(JSON.read(request)));
            return;
        }
        Map<String, Object> order = exchange.place(caller, JSON.read(request));
        response.setHeader("Location", "/v1/orders/" + order.get("id"));
        JSON.write(response, 201, order);
    }

    private void serveOrder(long id, HttpServletRequest request, HttpServletResponse response)
            throws IOException, RequestProblem {
        if (isRead(request)) {
            JSON.write(response, 200, exchange.order(caller(request), id));
        } else if (request.getMethod().equals("DELETE")) {
            exchange.cancel(caller(request), id);
            response.setStatus(204);
        } else {
            throw RequestProblem.methodNotAllowed(READ + ", DELETE");
        }
    }

    /** Whoever gets here was let in; without rules nobody is known. */
    private static Caller caller(HttpServletRequest request) throws RequestProblem {
        @Nullable Caller caller = AuthenticationFilter.callerOf(request);
        if (caller == null) {
            throw RequestProblem.notFound();
        }
        return caller;
    }
}
