package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.example.Exchange;
import dev.portcullis.auth.example.RequestProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The exchange for trading keys. That it takes signed requests stands in {@code application.yaml}. */
@RestController
@RequestMapping("/v1")
class ExchangeController {

    private static final String ONE = "/orders/{id:[1-9][0-9]{0,17}}";

    private final Exchange exchange;

    ExchangeController(Exchange exchange) {
        this.exchange = exchange;
    }

    @GetMapping({"/time", "/time/"})
    Map<String, Object> time() {
        return exchange.time();
    }

    @GetMapping({"/markets", "/markets/"})
    Map<String, Object> markets() {
        return exchange.markets();
    }

    @GetMapping({"/balances", "/balances/"})
    Map<String, Object> balances(Caller caller) {
        return exchange.balances(caller);
    }

    @GetMapping({"/orders", "/orders/"})
    Map<String, Object> orders(Caller caller, HttpServletRequest request) {
        return exchange.orders(caller, request.getParameter("status"));
    }

    @PostMapping({"/orders", "/orders/"})
    ResponseEntity<Map<String, Object>> place(Caller caller, JsonNode order, HttpServletRequest request)
            throws RequestProblem {
        if ("1".equals(request.getParameter("dry"))) {
            return ResponseEntity.ok(exchange.rehearse(order));
        }
        Map<String, Object> placed = exchange.place(caller, order);
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("Location", "/v1/orders/" + placed.get("id"))
                .body(placed);
    }

    @GetMapping({ONE, ONE + "/"})
    Map<String, Object> order(Caller caller, @PathVariable long id) throws RequestProblem {
        return exchange.order(caller, id);
    }

    @DeleteMapping({ONE, ONE + "/"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(Caller caller, @PathVariable long id) throws RequestProblem {
        exchange.cancel(caller, id);
    }
}
