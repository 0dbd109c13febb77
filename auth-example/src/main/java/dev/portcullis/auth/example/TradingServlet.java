package dev.portcullis.auth.example;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.FilterSettings;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The trading routes, each of them a {@code POST} with a JSON body: {@code /full/v1/*}. */
final class TradingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient TradingDesk desk = new TradingDesk();
    private final transient PermissionRules rules;
    private final transient FilterSettings settings;

    /**
     * The routes.
     *
     * @param rules the rules, which hold the desk's messages
     * @param settings how refusals are written
     */
    TradingServlet(PermissionRules rules, FilterSettings settings) {
        this.rules = rules;
        this.settings = settings;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (!request.getMethod().equals("POST")) {
                throw RequestProblem.methodNotAllowed("POST");
            }
            serve(request, response);
        } catch (RequestProblem problem) {
            if (problem.allow() != null) {
                response.setHeader("Allow", problem.allow());
            }
            JSON.writeDetail(response, problem.status(), String.valueOf(problem.getMessage()));
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException, RequestProblem {
        String name = String.valueOf(request.getPathInfo());
        JsonNode body = JSON.read(request);
        Caller caller = AuthenticationFilter.callerOf(request);
        String objection = name.equals("/create_order") && caller != null ? desk.objection(caller, body) : null;
        if (objection == null) {
            JSON.write(response, HttpServletResponse.SC_OK, answer(name, caller, body));
        } else {
            settings.refusalsFor(request).refuse(response, rules.refusal(objection));
        }
    }

    private Map<String, Object> answer(String name, @Nullable Caller caller, JsonNode body) throws RequestProblem {
        if (name.equals("/instrument")) {
            return desk.instrument(body);
        }
        if (name.equals("/all_instruments")) {
            return desk.allInstruments();
        }
        if (name.equals("/currency")) {
            return desk.currencies();
        }
        if (caller == null) {
            throw RequestProblem.notFound();
        }
        return switch (name) {
            case "/account_summary" -> desk.accountSummary(caller, body);
            case "/create_order" -> desk.createOrder(caller, body);
            default -> throw RequestProblem.notFound();
        };
    }
}
