package com.example.leagues;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Decision;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Finds out who is calling, and lets those on who may go on. */
final class Doors implements HttpHandler {

    /** What stands behind the doors. */
    interface Room {

        /** Answers a request; the caller is null if nobody is signed in. */
        void answer(HttpExchange exchange, Caller caller) throws IOException;
    }

    private final AuthenticationMethod method;
    private final PermissionRules rules;
    private final Room room;

    Doors(AuthenticationMethod method, PermissionRules rules, Room room) {
        this.method = method;
        this.rules = rules;
        this.room = room;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        AuthRequest request = new SentRequest(exchange);
        Outcome outcome;
        try {
            outcome = method.authenticate(request);
        } catch (AuthUnavailableException e) {
            long seconds = Math.max(1, e.retryAfter().plusMillis(999).toSeconds());
            exchange.getResponseHeaders().set("Retry-After", Long.toString(seconds));
            refuse(exchange, e.reason().status(), e.reason().detail());
            return;
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            refuse(exchange, rejected.reason());
        } else if (outcome instanceof Outcome.Refused refused) {
            refuse(exchange, refused.reason());
        } else {
            Caller caller = outcome instanceof Outcome.Authenticated good ? good.caller() : null;
            if (rules.decide(caller, request) instanceof Decision.Refused refused) {
                refuse(exchange, refused);
            } else {
                room.answer(exchange, caller);
            }
        }
    }

    /** A bad credential, or a caller that is not let in (RFC 6750 section 3.1). */
    private static void refuse(HttpExchange exchange, Reason reason) throws IOException {
        if (reason.status() == 401) {
            String description = reason.detail().substring(0, reason.detail().length() - 1);
            challenge(exchange, "Bearer error=\"invalid_token\", error_description=\"" + description + '"');
        }
        refuse(exchange, reason.status(), reason.detail());
    }

    /** What the route requires is not met. No error is named where no credential was sent. */
    private static void refuse(HttpExchange exchange, Decision.Refused refused) throws IOException {
        if (refused.reason() == Reason.NO_CREDENTIALS) {
            challenge(exchange, "Bearer");
        } else if (refused.reason() == Reason.MISSING_PERMISSION) {
            String scope = String.join(" ", refused.required());
            challenge(exchange, "Bearer error=\"insufficient_scope\", scope=\"" + scope + '"');
        }
        refuse(exchange, refused.reason().status(), refused.detail());
    }

    private static void challenge(HttpExchange exchange, String challenge) {
        exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
    }

    /** No detail has a character that JSON would need to escape. */
    private static void refuse(HttpExchange exchange, int status, String detail) throws IOException {
        byte[] body = ("{\"detail\":\"" + detail + "\"}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
