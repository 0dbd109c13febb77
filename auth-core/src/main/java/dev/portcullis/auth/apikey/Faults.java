package dev.portcullis.auth.apikey;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with a request, gathered so that the client is told all of it at once. */
final class Faults {

    private final Map<String, List<KeyFault>> byField = new LinkedHashMap<>();

    /** Stands before each field's name. */
    private final String place;

    private Faults(String place) {
        this.place = place;
    }

    static Faults none() {
        return new Faults("");
    }

    /** Those of one entry of many. */
    static Faults ofEntry(int number) {
        return new Faults(number + ".");
    }

    void add(String field, @Nullable KeyFault fault) {
        if (fault != null) {
            List<KeyFault> known = byField.computeIfAbsent(place + field, name -> new ArrayList<>());
            if (!known.contains(fault)) {
                known.add(fault);
            }
        }
    }

    void refuse() {
        if (!byField.isEmpty()) {
            throw KeyRefusedException.invalid(byField);
        }
    }
}
