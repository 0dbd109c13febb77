package dev.portcullis.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The application's own rules with their answers, which are made beforehand, so that deciding allocates nothing. */
final class ResourceRules {

    private record Entry(ResourceRule rule, Decision.Refused refusal) {}

    private final Entry[] rules;
    private final Map<String, Decision.Refused> refusals;

    private ResourceRules(Entry[] rules, Map<String, Decision.Refused> refusals) {
        this.rules = rules;
        this.refusals = refusals;
    }

    /**
     * Rules in order.
     *
     * @param byMessage each with its message; with null for a message that belongs to no rule
     * @throws IllegalArgumentException if a message is not as it must be
     */
    static ResourceRules of(Map<String, @Nullable ResourceRule> byMessage) {
        Map<String, Decision.Refused> refusals = new LinkedHashMap<>();
        List<Entry> rules = new ArrayList<>();
        byMessage.forEach((text, rule) -> {
            Decision.Refused refusal = new Decision.Refused(Reason.RESOURCE_CLOSED, Set.of(), RefusalMessage.of(text));
            refusals.put(text, refusal);
            if (rule != null) {
                rules.add(new Entry(rule, refusal));
            }
        });
        return new ResourceRules(rules.toArray(Entry[]::new), Map.copyOf(refusals));
    }

    boolean areThere() {
        return rules.length > 0;
    }

    /** The refusal with a message, or null if there is no such message. */
    Decision.@Nullable Refused refusalWith(String message) {
        return refusals.get(message);
    }

    Decision decide(Caller caller, AuthRequest request) {
        for (Entry entry : rules) {
            if (entry.rule().refuses(caller, request)) {
                return entry.refusal();
            }
        }
        return Decision.Permitted.INSTANCE;
    }
}
