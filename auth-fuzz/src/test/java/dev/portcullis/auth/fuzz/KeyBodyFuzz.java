package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.servlet.keys.APIKeyServlet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Calls of the endpoints for API keys. Nothing is stored unless it is said so, and no key gets what its owner has not. */
public final class KeyBodyFuzz {

    private static final Set<Integer> STATUSES = Set.of(200, 201, 204, 400, 403, 404, 405, 409, 413, 415);
    private static final int CREATED = 201;
    private static final int LONGEST_NAME = 100;
    private static final int MOST = 1000;

    private KeyBodyFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Bounds.isLetIn(bytes, KeyBodyFuzz::isLetIn);
    }

    /** Whether it is let in; throws if that, or what is told, is not as it must be. */
    static boolean isLetIn(byte[] bytes) {
        InMemoryAPIKeyStore store = Keys.store();
        List<APIKey> before = store.list(null, null, MOST);
        APIKeys keys = APIKeys.builder().store(store).clock(Tokens.CLOCK).build();
        Calls.Answer answer = Calls.send(APIKeyServlet.builder(keys).build(), bytes, STATUSES);
        List<APIKey> after = store.list(null, null, MOST);
        if (answer.status() >= 400) {
            Input.require(after.equals(before), "it is refused, and yet something has changed");
            if (answer.status() == 400) {
                Input.require(!answer.json().path("errors").isEmpty(), "it is not told which field is wrong");
            }
        }
        for (APIKey key : after) {
            Input.require(Calls.USER.permissions().containsAll(key.scopes()), "a key holds more than its owner");
            Input.require(key.owner().equals("user_1"), "a key is another's");
            Input.require(
                    !key.name().isBlank()
                            && key.name().codePointCount(0, key.name().length()) <= LONGEST_NAME
                            && key.name().chars().noneMatch(Character::isISOControl),
                    "a name");
        }
        boolean created = answer.status() == CREATED;
        changesAreReadInOneWay(bytes, before, after);
        Input.require(after.size() - before.size() <= (created ? 1 : 0), "a key is made that is told to nobody");
        if (created) {
            issued(answer, store);
        } else {
            Input.require(
                    !answer.json().has("plaintext")
                            || answer.json().path("plaintext").isNull(),
                    "a plaintext");
        }
        return answer.status() < 400;
    }

    /**
     * What changes anything is one JSON object, but for a deletion, whose body says nothing (RFC 9110 section 9.3.5); and a
     * name that is new is the one that stands in it.
     */
    private static void changesAreReadInOneWay(byte[] bytes, List<APIKey> before, List<APIKey> after) {
        byte[] sent = Input.after(bytes, Calls.HEAD);
        JsonNode body = Calls.json(sent);
        for (APIKey key : after) {
            boolean named = before.stream().anyMatch(one -> one.name().equals(key.name()));
            Input.require(
                    named
                            || (body != null
                                    && key.name().equals(body.path("name").stringValue(""))),
                    "a name that nobody sent");
        }
        Input.require(
                after.equals(before)
                        || sent.length == 0
                        || Input.line(Input.lines(bytes), 0).equals("DELETE")
                        || (body != null && body.isObject()),
                "something is changed by what is no JSON object");
    }

    private static void issued(Calls.Answer answer, InMemoryAPIKeyStore store) {
        String plaintext = answer.text("plaintext");
        JsonNode key = answer.json().path("api_key");
        Input.require(plaintext.matches("grd_(live|test)_[0-9a-f]{48}"), "a plaintext that is none");
        Input.require(plaintext.startsWith(key.path("key_prefix").stringValue()), "a prefix of another key");
        try (APIKeyAuthentication method = Keys.method(store)) {
            Outcome outcome = method.authenticate(Sent.with("x-api-key", plaintext));
            Input.require(outcome instanceof Outcome.Authenticated, "what was issued is not let in: " + outcome);
        }
    }
}
