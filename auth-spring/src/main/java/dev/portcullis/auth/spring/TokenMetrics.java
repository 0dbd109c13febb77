package dev.portcullis.auth.spring;

import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.jwt.KeyStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How it stands with issuers' keys and remembered tokens, read when somebody asks for the metrics. */
final class TokenMetrics implements MeterBinder {

    private final JWKSAuthentication tokens;

    TokenMetrics(JWKSAuthentication tokens) {
        this.tokens = tokens;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        tokens.keyStatus().keySet().forEach(issuer -> bindKeys(registry, issuer));
        lookups(registry, "hit", known -> known.statistics().hits());
        lookups(registry, "miss", known -> known.statistics().misses());
        Gauge.builder(
                        "portcullis.tokens.remembered",
                        tokens,
                        known -> known.statistics().remembered())
                .description("Tokens that need no check of their signature")
                .register(registry);
    }

    private void lookups(MeterRegistry registry, String result, ToDoubleFunction<JWKSAuthentication> count) {
        FunctionCounter.builder("portcullis.tokens.lookups", tokens, count)
                .description("Whether tokens were known")
                .tag("result", result)
                .register(registry);
    }

    private void bindKeys(MeterRegistry registry, String issuer) {
        TimeGauge.builder("portcullis.jwks.age", tokens, TimeUnit.SECONDS, known -> age(known, issuer))
                .description("How long ago the keys at hand were fetched")
                .tag("issuer", issuer)
                .register(registry);
        Gauge.builder("portcullis.jwks.keys", tokens, known -> status(known, issuer, KeyStatus::usableKeys))
                .description("Keys to check tokens with")
                .tag("issuer", issuer)
                .register(registry);
        fetches(registry, issuer, "success", status -> status.fetches() - status.failedFetches());
        fetches(registry, issuer, "failure", KeyStatus::failedFetches);
    }

    private void fetches(MeterRegistry registry, String issuer, String result, ToDoubleFunction<KeyStatus> count) {
        FunctionCounter.builder("portcullis.jwks.fetches", tokens, known -> status(known, issuer, count))
                .description("Fetches of the keys that an issuer publishes")
                .tag("issuer", issuer)
                .tag("result", result)
                .register(registry);
    }

    private static double status(JWKSAuthentication tokens, String issuer, ToDoubleFunction<KeyStatus> read) {
        KeyStatus status = tokens.keyStatus().get(issuer);
        return status == null ? Double.NaN : read.applyAsDouble(status);
    }

    private static double age(JWKSAuthentication tokens, String issuer) {
        return status(tokens, issuer, status -> {
            @Nullable Duration age = status.age();
            return age == null ? Double.NaN : age.toMillis() / 1000.0;
        });
    }
}
