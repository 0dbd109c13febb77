package dev.portcullis.auth.apikey;

import dev.portcullis.auth.SHA256;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests that can be repeated, in memory. Whoever owns this sees to it that one thread at a time uses it. */
final class RememberedRequests {

    private record Asked(String owner, SHA256 key) {}

    private record Done(SHA256 request, UUID keyID, long until) {}

    /** The oldest come first, and as a rule are the first whose time is over. */
    private final Map<Asked, Done> requests = new LinkedHashMap<>();

    /** What a request is told that was made before, or null if it is new. */
    @Nullable
    AddResult answerTo(String owner, Idempotency idempotency, Instant now) {
        Done done = requests.get(new Asked(owner, idempotency.key()));
        if (done == null || done.until() <= now.toEpochMilli()) {
            return null;
        }
        return done.request().equals(idempotency.request())
                ? new AddResult.Repeated(done.keyID())
                : new AddResult.OtherRequest();
    }

    void remember(APIKey added, Idempotency idempotency, Instant now) {
        var oldest = requests.values().iterator();
        while (oldest.hasNext() && oldest.next().until() <= now.toEpochMilli()) {
            oldest.remove();
        }
        Asked asked = new Asked(added.owner(), idempotency.key());
        requests.remove(asked);
        requests.put(
                asked,
                new Done(idempotency.request(), added.id(), idempotency.until().toEpochMilli()));
    }
}
