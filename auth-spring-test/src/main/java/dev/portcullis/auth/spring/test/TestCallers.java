package dev.portcullis.auth.spring.test;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Outcome;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.Ordered;

/** Lets in the callers that a test has named. Only an application context of Spring's test framework has it. */
final class TestCallers implements AuthenticationMethod, Ordered {

    static final String HEADER = "x-portcullis-test-caller";

    private final Map<String, Caller> callers = new ConcurrentHashMap<>();

    /** Adds a caller, and gives the value of the header by which a request is its. */
    String add(Caller caller) {
        String name = UUID.randomUUID().toString();
        callers.put(name, caller);
        return name;
    }

    @Override
    public Outcome authenticate(AuthRequest request) {
        List<String> named = request.headers(HEADER);
        Caller caller = named.size() == 1 ? callers.get(named.get(0)) : null;
        return caller == null ? Outcome.notApplicable() : Outcome.authenticated(caller);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
