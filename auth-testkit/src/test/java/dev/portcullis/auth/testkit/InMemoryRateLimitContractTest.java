package dev.portcullis.auth.testkit;

import dev.portcullis.auth.session.InMemoryRateLimit;
import dev.portcullis.auth.session.RateLimit;
import java.time.Duration;

class InMemoryRateLimitContractTest implements RateLimitContract {

    @Override
    public RateLimit newRateLimit(int attempts, Duration period) {
        return InMemoryRateLimit.of(attempts, period);
    }
}
