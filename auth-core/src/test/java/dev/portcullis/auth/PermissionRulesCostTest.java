package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What a decision costs: no memory, and bounded work whatever is sent. */
class PermissionRulesCostTest {

    private static final int ROUNDS = 100_000;

    private static PermissionRules twoHundredRules() {
        PermissionRules.Builder builder = PermissionRules.builder();
        for (int i = 0; i < 50; i++) {
            String collection = "/api/v1/things" + i;
            builder.rule("GET", collection, Requirement.anyone())
                    .rule("POST", collection, Requirement.allOf("things:write", "things:create"))
                    .rule("GET", collection + "/{id}", Requirement.allOf("things:read"), CredentialKind.JWT)
                    .rule("*", collection + "/{id}/parts/**", Requirement.signedIn());
        }
        return builder.build();
    }

    /** "Permission decision among 200 rules: 0 B." */
    @Test
    void a_decision_allocates_nothing() {
        PermissionRules rules = twoHundredRules();
        Caller reader = Caller.of(CredentialKind.JWT, "user", Set.of("things:read"), Map.of());
        Caller key = Caller.of(CredentialKind.API_KEY, "user", Set.of("a", "b", "things:read"), Map.of());
        List<String> paths = List.of(
                "/api/v1/things7",
                "/api/v1/things49/",
                "/api/v1/things0/4f6b2c9e",
                "/api/v1/th%69ngs0/caf%C3%A9",
                "/api/v1/things3/1/parts/a/b/c",
                "/API/V1/Things3",
                "/api/v1/%E2%84%AAings",
                "/api/v1/nothing",
                "/api/v1/things3;x=y",
                "/api//v1",
                "/api/%c0%af",
                "/");
        decideAll(rules, reader, key, paths);
        decideAll(rules, reader, key, paths);

        long before = allocated();
        decideAll(rules, reader, key, paths);
        long after = allocated();

        assertThat((after - before) / (double) ROUNDS).as("bytes a decision").isLessThan(1);
    }

    private static void decideAll(PermissionRules rules, Caller reader, Caller key, List<String> paths) {
        String[] methods = {"GET", "HEAD", "POST", "DELETE", "get"};
        int permitted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Caller caller = i % 3 == 0 ? null : i % 3 == 1 ? reader : key;
            Decision decision = rules.decide(caller, methods[i % methods.length], paths.get(i % paths.size()));
            permitted += decision instanceof Decision.Permitted ? 1 : 0;
        }
        assertThat(permitted).isBetween(1, ROUNDS - 1);
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /**
     * 1,024 rules whose literal and variable branches all lead on for the same path, and none to its end. Were nodes
     * visited more than once, one decision would take 2^10 searches of 2^10 paths each.
     */
    @Test
    void branches_that_all_match_cost_no_more_than_the_rules_have_nodes() {
        int depth = 10;
        PermissionRules.Builder builder = PermissionRules.builder();
        for (int i = 0; i < 1 << depth; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int bit = 0; bit < depth; bit++) {
                pattern.append((i >> bit & 1) == 0 ? "/aaaaaaaaaaaaaaaa" : "/{v" + bit + "}");
            }
            builder.rule("GET", pattern + "/end" + i, Requirement.allOf("rule-" + i));
        }
        PermissionRules rules = builder.build();
        String branches = "/aaaaaaaaaaaaaaaa".repeat(depth);
        String escaped = "/%61%61%61%61%61%61%61%61%61%61%61%61%61%61%61%61".repeat(depth);
        String longest = branches + "/" + "a".repeat(RequestPath.MAX_LENGTH - branches.length() - 1);
        String deepest = branches + "/a".repeat((RequestPath.MAX_LENGTH - branches.length()) / 2);

        assertThat(rules.requirementFor("GET", branches + "/end1023")).isEqualTo(Requirement.allOf("rule-1023"));
        assertThat(rules.requirementFor("GET", escaped + "/end0")).isEqualTo(Requirement.allOf("rule-0"));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (String path : List.of(branches + "/x", escaped + "/x", longest, deepest)) {
                for (int i = 0; i < 500; i++) {
                    assertThat(rules.requirementFor("GET", path)).isEqualTo(Requirement.nobody());
                }
            }
        });
    }

    /** Every malformed path gets its answer in under 50 ms; here 1,000 of the longest in one generous bound. */
    @Test
    void the_longest_hostile_paths_are_decided_quickly() {
        PermissionRules rules = twoHundredRules();
        List<String> paths = new ArrayList<>();
        for (String piece : List.of("/", "/a", "a", "%61", "%C3%A9", "/%2e", "/..", "%F0%9F%92%A9", "%", "\0", "/x;")) {
            paths.add(("/api/v1/things1/" + piece.repeat(RequestPath.MAX_LENGTH)).substring(0, RequestPath.MAX_LENGTH));
            paths.add("/api/v1/things1/" + piece.repeat(1_000_000));
        }

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 50; i++) {
                paths.forEach(
                        path -> assertThat(rules.decide(null, "GET", path)).isNotNull());
            }
        });
    }
}
