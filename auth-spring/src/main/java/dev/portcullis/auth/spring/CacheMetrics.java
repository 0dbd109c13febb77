package dev.portcullis.auth.spring;

import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.apikey.KeyCacheStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** How it stands with the copies of API keys, read when somebody asks for the metrics. */
final class CacheMetrics implements MeterBinder {

    private final CachedAPIKeyStore store;

    CacheMetrics(CachedAPIKeyStore store) {
        this.store = store;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        lookups(registry, "hit", KeyCacheStatistics::hits);
        lookups(registry, "unknown", KeyCacheStatistics::unknownHits);
        lookups(registry, "miss", KeyCacheStatistics::misses);
        lookups(registry, "stale", KeyCacheStatistics::staleAnswers);
        lookups(registry, "refused", KeyCacheStatistics::refusals);
        loads(registry, "success", statistics -> statistics.loads() - statistics.failures());
        loads(registry, "failure", KeyCacheStatistics::failures);
        copies(registry, "known", KeyCacheStatistics::keys);
        copies(registry, "unknown", KeyCacheStatistics::unknownKeys);
        Gauge.builder("portcullis.keys.notices", store, read(each -> each.noticesUpToDate() ? 1 : 0))
                .description("1 while other nodes' changes are heard of at once, otherwise 0")
                .register(registry);
    }

    private void lookups(MeterRegistry registry, String result, ToDoubleFunction<KeyCacheStatistics> count) {
        FunctionCounter.builder("portcullis.keys.lookups", store, read(count))
                .description("How API keys were found")
                .tag("result", result)
                .register(registry);
    }

    private void loads(MeterRegistry registry, String result, ToDoubleFunction<KeyCacheStatistics> count) {
        FunctionCounter.builder("portcullis.keys.loads", store, read(count))
                .description("Questions to the store of API keys")
                .tag("result", result)
                .register(registry);
    }

    private void copies(MeterRegistry registry, String kind, ToDoubleFunction<KeyCacheStatistics> count) {
        Gauge.builder("portcullis.keys.copies", store, read(count))
                .description("API keys of which there is a copy, and those that are known not to exist")
                .tag("kind", kind)
                .register(registry);
    }

    private static ToDoubleFunction<CachedAPIKeyStore> read(ToDoubleFunction<KeyCacheStatistics> count) {
        return store -> count.applyAsDouble(store.statistics());
    }
}
