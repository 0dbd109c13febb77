package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.servlet.session.LoginServlet;
import dev.portcullis.auth.session.InMemorySessionStore;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.Sessions;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Calls of the login. A session is opened for a key that was issued, exactly, and for nothing else. */
public final class LoginBodyFuzz {

    private static final Set<Integer> STATUSES = Set.of(200, 400, 401, 405);
    private static final int OK = 200;

    private static final Set<String> TOLD = Set.of(
            "400 Request could not be processed due to malformed syntax",
            "401 api_key not found",
            "401 api_key has expired",
            "401 api_key has been revoked",
            "405 Method not allowed.");

    private static final APIKeyAuthentication KEYS = Keys.method(Keys.store());

    private LoginBodyFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Bounds.isLetIn(bytes, LoginBodyFuzz::isLetIn);
    }

    /** Whether it is let in; throws if that, or what is told, is not as it must be. */
    static boolean isLetIn(byte[] bytes) {
        InMemorySessionStore store = new InMemorySessionStore();
        Sessions sessions = Sessions.builder()
                .store(store)
                .keys(KEYS)
                .limits(LoginLimits.none())
                .clock(Tokens.CLOCK)
                .build();
        Calls.Answer answer = Calls.send(LoginServlet.builder(sessions).build(), bytes, STATUSES);
        int opened = store.list("user_1", Tokens.NOW).size();
        List<String> cookies = answer.response().getHeaders("Set-Cookie");
        JsonNode body = Calls.json(Input.after(bytes, Calls.HEAD));
        String key = body == null || !body.path("api_key").isString()
                ? ""
                : body.path("api_key").stringValue();
        if (answer.status() == OK) {
            Input.require(key.equals(Keys.LIVE) || key.equals(Keys.TEST), "a session by what is no key");
            Input.require(
                    opened == 1
                            && cookies.size() == 1
                            && cookies.get(0)
                                    .matches("gravity=[A-Za-z0-9_-]{43}; Path=/; Expires=[A-Za-z0-9:, ]{28,29};.*")
                            && cookies.get(0).contains("; HttpOnly")
                            && cookies.get(0).contains("; Secure")
                            && cookies.get(0).contains("; SameSite=Lax"),
                    "a session without its cookie");
        } else {
            Input.require(opened == 0 && cookies.isEmpty(), "a session is opened, and it is not told");
            Input.require(answer.json().size() == 2 && answer.text("status").equals("failure"), "another form");
            Input.require(TOLD.contains(answer.status() + " " + answer.text("error")), "other words");
        }
        return answer.status() == OK;
    }
}
