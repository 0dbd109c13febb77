package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.example.RequestProblem;
import dev.portcullis.auth.example.TradingDesk;
import dev.portcullis.auth.servlet.FilterSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The trading routes. Who may do what with them, and on which host, stands in {@code application.yaml}. */
@RestController
@RequestMapping("/full/v1")
class TradingController {

    private final TradingDesk desk = new TradingDesk();
    private final PermissionRules rules;
    private final FilterSettings settings;

    TradingController(PermissionRules rules, FilterSettings settings) {
        this.rules = rules;
        this.settings = settings;
    }

    @PostMapping({"/account_summary", "/account_summary/"})
    Map<String, Object> accountSummary(Caller caller, JsonNode body) throws RequestProblem {
        return desk.accountSummary(caller, body);
    }

    /** Null if the desk's own rules have refused it, which is answered already. */
    @PostMapping({"/create_order", "/create_order/"})
    @Nullable
    Map<String, Object> createOrder(
            Caller caller, JsonNode body, HttpServletRequest request, HttpServletResponse response)
            throws RequestProblem, IOException {
        String objection = desk.objection(caller, body);
        if (objection == null) {
            return desk.createOrder(caller, body);
        }
        settings.refusalsFor(request).refuse(response, rules.refusal(objection));
        return null;
    }

    @PostMapping({"/instrument", "/instrument/"})
    Map<String, Object> instrument(JsonNode body) throws RequestProblem {
        return desk.instrument(body);
    }

    @PostMapping({"/all_instruments", "/all_instruments/"})
    Map<String, Object> allInstruments() {
        return desk.allInstruments();
    }

    @PostMapping({"/currency", "/currency/"})
    Map<String, Object> currencies() {
        return desk.currencies();
    }
}
