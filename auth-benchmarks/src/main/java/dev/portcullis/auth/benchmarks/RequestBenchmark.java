package dev.portcullis.auth.benchmarks;

import dev.portcullis.auth.jwt.JWKSAuthentication;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * A whole request that is let in, without a server around it: through Spring Security's {@code FilterChainProxy} with its
 * own resource server, through the same with Portcullis, and through the two filters alone. Each request and response is
 * a new light stub, the same for all.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class RequestBenchmark {

    private static final int TOKENS = 1024;

    private static final FilterChain HANDLER = (request, response) -> {
        Principal caller = ((HttpServletRequest) request).getUserPrincipal();
        if (caller == null) {
            throw new ServletException("Nobody is signed in");
        }
    };

    /** What the request goes through; "known" is with tokens seen before, "new" without memory of them. */
    @Param({"resource server", "security, new", "security, known", "filters, new", "filters, known"})
    private String way = "filters, new";

    private final HttpServletRequest request = new MockHttpServletRequest("GET", Chains.PATH);
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private Tokens issuer;
    private String[] fields;
    private JWKSAuthentication portcullis;
    private Filter filter;

    /** Sets the way up, and shows each token once. */
    @Setup(Level.Trial)
    public void setUp() throws Exception {
        issuer = new Tokens();
        fields = issuer.make(TOKENS);
        portcullis = Decoders.portcullis(issuer, Decoders.provider("JDK"), way.endsWith("known") ? 20_000 : 0);
        filter = filter();
        for (int i = 0; i < TOKENS; i++) {
            fields[i] = "Bearer " + fields[i];
            if (ask(fields[i]).getStatus() != 200) {
                throw new IllegalStateException("The token is not let in");
            }
        }
    }

    private Filter filter() {
        return switch (way.substring(0, (way + ",").indexOf(','))) {
            case "security" -> Chains.springSecurity(portcullis);
            case "filters" -> Chains.plainFilters(portcullis);
            default -> Chains.resourceServer(Decoders.spring(issuer, Decoders.provider("JDK")));
        };
    }

    private LightResponse ask(String authorization) throws ServletException, IOException {
        LightResponse answer = new LightResponse(response);
        filter.doFilter(new LightRequest(request, Chains.PATH, authorization), answer, HANDLER);
        return answer;
    }

    /** Stops the issuer. */
    @TearDown(Level.Trial)
    public void tearDown() {
        portcullis.close();
        issuer.close();
    }

    /** One request. */
    @Benchmark
    public LightResponse request() throws ServletException, IOException {
        return ask(fields[ThreadLocalRandom.current().nextInt(TOKENS)]);
    }
}
