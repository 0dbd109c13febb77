package dev.portcullis.auth.benchmarks;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Decision;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A permission decision among 200 rules: fifty resources, each listed, read, created and deleted. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
public class RulesBenchmark {

    private static final int RESOURCES = 50;

    private final Caller caller = Caller.of(
            CredentialKind.JWT,
            "user_1",
            Set.of("catalog:read", "catalog:write", "holdings:read", "holdings:write"),
            Map.of());
    private final String[] paths = new String[2 * RESOURCES];
    private PermissionRules rules;

    /** A place in the row of paths, for each thread. */
    @State(Scope.Thread)
    public static class Mine {
        private int next;
    }

    /** Builds the rules. */
    @Setup(Level.Trial)
    public void setUp() {
        PermissionRules.Builder builder = PermissionRules.builder();
        for (int i = 0; i < RESOURCES; i++) {
            String base = "/api/v1/resource-" + i + "/";
            builder.rule("GET", base, Requirement.allOf("catalog:read"))
                    .rule("GET", base + "{id}", Requirement.allOf("catalog:read"))
                    .rule("POST", base, Requirement.allOf("catalog:write"))
                    .rule("DELETE", base + "{id}", Requirement.allOf("catalog:read", "catalog:write"));
            paths[2 * i] = base;
            paths[2 * i + 1] = base + "item-" + i * 7919;
        }
        rules = builder.build();
    }

    /** {@code PermissionRules.decide}. */
    @Benchmark
    public Decision portcullis(Mine mine) {
        mine.next = (mine.next + 1) % paths.length;
        return rules.decide(caller, "GET", paths[mine.next]);
    }
}
