package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.KeyFault;
import dev.portcullis.auth.apikey.KeyRefusedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request's JSON body, each of the type that it must have. What is wrong is gathered, so that the client
 * is told all of it at once.
 */
final class RequestFields {

    /** The largest body that is read. */
    static final int MOST_BYTES = 64 * 1024;

    private static final String BODY = "body";
    private static final int MOST_UNKNOWN = 10;

    private final Map<String, Object> given = new LinkedHashMap<>();
    private final Map<String, List<KeyFault>> faults = new LinkedHashMap<>();

    private RequestFields() {}

    /**
     * Reads the body.
     *
     * @param known which fields there are; where there need be none, the body can be missing
     * @throws KeyRefusedException if it is not a JSON object
     */
    static RequestFields read(HttpServletRequest request, Set<String> known, boolean optional)
            throws RequestFaultException, IOException {
        RequestFields fields = new RequestFields();
        byte[] body = RequestBody.readJSON(request, MOST_BYTES);
        if (body.length > 0 || !optional) {
            Map<String, List<Object>> members = JSONInput.object(body);
            if (members == null) {
                throw KeyRefusedException.invalid(Map.of(BODY, List.of(KeyFault.MALFORMED_BODY)));
            }
            members.forEach((name, values) -> fields.take(name, values, known));
        }
        return fields;
    }

    private void take(String name, List<Object> values, Set<String> known) {
        if (!known.contains(name)) {
            if (faults.size() < MOST_UNKNOWN) {
                fault(Shown.text(name), KeyFault.UNKNOWN_FIELD);
            }
        } else if (values.size() > 1) {
            fault(name, KeyFault.REPEATED);
        } else {
            given.put(name, values.get(0));
        }
    }

    private void fault(String field, KeyFault fault) {
        faults.computeIfAbsent(field, name -> new ArrayList<>(1)).add(fault);
    }

    /** Tells a fault of a header. */
    void add(String header, KeyFault fault) {
        fault(header, fault);
    }

    private <T> @Nullable T value(String name, Class<T> type) {
        Object value = given.get(name);
        if (value == null || type.isInstance(value)) {
            return type.cast(value);
        }
        fault(name, KeyFault.WRONG_TYPE);
        return null;
    }

    /** A text, or null if it is not given. */
    @Nullable
    String text(String name) {
        return value(name, String.class);
    }

    /** A text that must be given. */
    String requiredText(String name) {
        String text = text(name);
        if (text == null && !faults.containsKey(name)) {
            fault(name, KeyFault.REQUIRED);
        }
        return text == null ? "" : text;
    }

    /** Texts, or null if none are given. */
    @Nullable
    List<String> texts(String name) {
        List<?> texts = value(name, List.class);
        return texts == null ? null : texts.stream().map(String.class::cast).toList();
    }

    /** Texts, or others if none are given. */
    List<String> texts(String name, List<String> usual) {
        List<String> texts = texts(name);
        return texts == null ? usual : texts;
    }

    /** A length of time in whole seconds. */
    Duration seconds(String name, Duration usual) {
        Long seconds = value(name, Long.class);
        return seconds == null ? usual : Duration.ofSeconds(seconds);
    }

    /** A time, or null if none is given: JSON's {@code null} says so too. */
    @Nullable
    Instant time(String name) {
        if (JSONInput.NULL.equals(given.get(name))) {
            return null;
        }
        String text = text(name);
        Instant time = text == null ? null : Timestamp.parse(text);
        if (text != null && time == null) {
            fault(name, KeyFault.MALFORMED_TIME);
        }
        return time;
    }

    /** An environment; live unless given. */
    Environment environment(String name) {
        String label = text(name);
        for (Environment environment : Environment.values()) {
            if (environment.label().equals(label)) {
                return environment;
            }
        }
        if (label != null) {
            fault(name, KeyFault.UNKNOWN_ENVIRONMENT);
        }
        return Environment.LIVE;
    }

    /** Refuses the request if anything was wrong so far. */
    void refuse() {
        if (!faults.isEmpty()) {
            throw KeyRefusedException.invalid(faults);
        }
    }
}
