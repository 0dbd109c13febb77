package dev.portcullis.auth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.signature.InMemoryReplayMemory;
import dev.portcullis.auth.signature.InMemorySigningKeyStore;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

/**
 * A property that nothing reads is refused, for it says nothing: without the context, a bean is there or not. What the
 * contexts make of it is asked where each of them is tested.
 */
class ContentsTest {

    private static final String KEYS = "portcullis.api-keys.";
    private static final String SIGNATURES = "portcullis.signatures.";
    private static final String SESSIONS = "portcullis.sessions.";

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    private final MockEnvironment environment = new MockEnvironment();

    /** Beans by their names, some of which tell their types. */
    private void beans(@Nullable String names) {
        for (String name : words(names)) {
            beans.registerSingleton(name, bean(name));
        }
    }

    private static Object bean(String name) {
        return switch (name) {
            case "store", "portcullisAPIKeyStore", "portcullisMemoryStore" -> new InMemoryAPIKeyStore();
            case "keys", "portcullisAPIKeys" ->
                APIKeys.builder().store(new InMemoryAPIKeyStore()).build();
            case "signingKeys", "portcullisMemorySigningKeys", "portcullisDatabaseSigningKeys" ->
                new InMemorySigningKeyStore();
            case "memory", "portcullisRedisReplayMemory" -> new InMemoryReplayMemory();
            case "notices", "portcullisChangeNotices" ->
                Proxy.newProxyInstance(
                        ContentsTest.class.getClassLoader(),
                        new Class<?>[] {ChangeNotices.class},
                        (proxy, method, args) -> method.getName().equals("hashCode") ? 1 : null);
            default -> new Object();
        };
    }

    private static String[] words(@Nullable String text) {
        return text == null ? new String[0] : text.split(" ", -1);
    }

    private @Nullable String refused(Runnable check, String prefix, @Nullable String properties) {
        for (String property : words(properties)) {
            String[] parts = property.split("=", 2);
            environment.setProperty(prefix + parts[0], parts[1]);
        }
        try {
            check.run();
            return null;
        } catch (SettingException e) {
            return e.property().replace(prefix, "");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // beans, properties, what is refused
        ", , ",
        ", enabled=false prefix=x, ",
        ", enabled=true, portcullis.api-keys",
        ", prefix=x, portcullis.api-keys",
        ", store=jdbc, store",
        "store, prefix=x, ",
        "store, store=memory, store",
        "portcullisMemoryStore, store=memory, ",
        "portcullisAPIKeyStore, store=jdbc, ",
        "portcullisMemoryStore, cache.lifetime=1s, cache",
        "portcullisAPIKeyStore, cache.lifetime=1s, ",
        "store, cache.lifetime=1s, cache",
        "portcullisMemoryStore, migrate=true, migrate",
        "portcullisMemoryStore, statement-timeout=1s, statement-timeout",
        "portcullisMemoryStore, change-notices=true, change-notices",
        "store, migrate=true, migrate",
        "portcullisAPIKeyStore, migrate=true, ",
        "portcullisMemoryStore portcullisDatabaseSessions, migrate=true, ",
        "portcullisMemoryStore portcullisDatabaseAccounts, migrate=true, ",
        "portcullisMemoryStore portcullisDatabaseSigningKeys, migrate=true, ",
        "portcullisMemoryStore portcullisDatabaseSessions, cache.lifetime=1s, cache",
        "portcullisAPIKeyStore notices, change-notices=true, change-notices",
        "portcullisAPIKeyStore portcullisChangeNotices, change-notices=true, ",
        "portcullisAPIKeyStore, change-notices=true, ",
        "store, environments=live, environments",
        "store portcullisAPIKeyAuthentication, environments=live, ",
        "store, maximum-key-age=1d, maximum-key-age",
        "store portcullisAPIKeyAuthentication, maximum-key-age=1d, ",
        "store, lapse-after-issue=1d, lapse-after-issue",
        "store, lapse-after-last-use=1d, lapse-after-last-use",
        "store, issuing.maximum-keys=1, issuing",
        "store portcullisAPIKeys, issuing.maximum-keys=1, ",
        "store, management.enabled=true, management.enabled",
        "store, management.enabled=false, ",
        "store portcullisKeyEndpoints, management.enabled=true, ",
        "store, page.enabled=true, page.enabled",
        "store portcullisKeyPage, page.enabled=true, ",
        "store, management.permissions=a, management.permissions",
        "store portcullisRules, management.permissions=a, "
    })
    void properties_of_keys_are_read(@Nullable String names, @Nullable String properties, @Nullable String refused) {
        beans(names);
        assertThat(refused(() -> new KeyContents(beans, environment).check(), KEYS, properties))
                .isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({
        ", , ",
        ", enabled=false window=1s, ",
        ", window=1s, portcullis.signatures",
        "signingKeys portcullisSignatures, window=1s, ",
        "signingKeys, window=1s, window",
        "signingKeys, header-prefix=x, header-prefix",
        "signingKeys, maximum-body=1KB, maximum-body",
        "signingKeys, message-signatures=true, message-signatures",
        "signingKeys, replay-protection=all, replay-protection",
        "signingKeys, single-node=true, single-node",
        "signingKeys, store=memory, store",
        "portcullisMemorySigningKeys, store=memory, ",
        "portcullisDatabaseSigningKeys, store=jdbc, ",
        "signingKeys memory, replay-memory=redis, replay-memory",
        "signingKeys portcullisRedisReplayMemory, replay-memory=redis, ",
        "signingKeys, replay-memory=redis, ",
        "signingKeys memory, replay-memory=memory, ",
        "signingKeys, maximum-keys=1, maximum-keys",
        "signingKeys portcullisSigningKeys, maximum-keys=1, ",
        "signingKeys, management.enabled=true, management.enabled",
        "signingKeys keys, management.enabled=true, management.enabled",
        "signingKeys keys portcullisSigningKeyEndpoints, management.enabled=true, ",
        "signingKeys portcullisSigningKeyEndpoints, management.enabled=true, management.enabled",
        "signingKeys, management.enabled=false, "
    })
    void properties_of_signatures_are_read(
            @Nullable String names, @Nullable String properties, @Nullable String refused) {
        beans(names);
        assertThat(refused(() -> new SignatureContents(beans, environment).check(), SIGNATURES, properties))
                .isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({
        ", , ",
        ", enabled=false cookie=x, ",
        ", cookie=x, portcullis.sessions",
        ", enabled=true, ",
        ", enabled=perhaps, enabled",
        ", enabled=true cookie=x, cookie",
        "portcullisSessionTransport, enabled=true cookie=x account-header=y, ",
        ", enabled=true account-header=x, account-header",
        ", enabled=true store=jdbc, store",
        "portcullisMemorySessions, enabled=true store=memory, ",
        "portcullisDatabaseSessions, enabled=true store=jdbc, ",
        "portcullisRedisSessions, enabled=true store=redis, ",
        ", enabled=true limits.per-key=1, limits",
        "portcullisLoginLimits, enabled=true limits.per-key=1, ",
        "portcullisRedisLoginLimits, enabled=true limits.per-key=1, ",
        ", enabled=true lifetimes.web=1d, lifetimes",
        ", enabled=true maximum-sessions=1, maximum-sessions",
        "portcullisSessions, enabled=true maximum-sessions=1 lifetimes.web=1d, "
    })
    void properties_of_sessions_are_read(
            @Nullable String names, @Nullable String properties, @Nullable String refused) {
        beans(names);
        assertThat(refused(() -> new SessionContents(beans, environment).check(), SESSIONS, properties))
                .isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({
        ", , ",
        ", store=memory, store",
        "portcullisMemoryAccounts, store=memory, ",
        "portcullisDatabaseAccounts, store=jdbc, ",
        "portcullisRedisAccounts, store=redis, "
    })
    void properties_of_accounts_are_read(
            @Nullable String names, @Nullable String properties, @Nullable String refused) {
        beans(names);
        assertThat(refused(() -> new SessionContents(beans, environment).check(), "portcullis.accounts.", properties))
                .isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({
        ", , ",
        ", url=x, portcullis.redis",
        "portcullisRedis, url=x, portcullis.redis",
        "portcullisRedis portcullisRedisSessions, url=x, ",
        "portcullisRedis portcullisRedisAccounts, url=x, ",
        "portcullisRedis portcullisRedisLoginLimits, url=x, ",
        "portcullisRedis portcullisRedisReplayMemory, url=x, ",
        "portcullisRedisSessions, url=x, portcullis.redis"
    })
    void properties_of_redis_are_read(@Nullable String names, @Nullable String properties, @Nullable String refused) {
        beans(names);
        assertThat(refused(() -> new RedisContents(beans, environment).check(), "portcullis.redis.", properties))
                .isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({
        ", , ",
        ", jwt.issuer=x, jwt",
        "portcullisTokens, jwt.issuer=x, ",
        ", unnamed-routes=anyone, unnamed-routes",
        ", other-hosts-serve-all=true, other-hosts-serve-all",
        "portcullisRules, unnamed-routes=anyone other-hosts-serve-all=true, ",
        ", errors.realm=x, errors",
        ", let-preflight-pass=true, let-preflight-pass",
        "portcullisFilterSettings, errors.realm=x let-preflight-pass=true, ",
        ", places.denied-countries=US, places",
        "portcullisPlaces, places.denied-countries=US, ",
        ", mode=security, ",
        ", api-keys.prefix=x, api-keys",
        ", signatures.window=1s, signatures",
        ", sessions.cookie=x, sessions",
        ", redis.url=x, redis"
    })
    void all_properties_are_looked_at(@Nullable String names, @Nullable String properties, @Nullable String refused) {
        beans(names);
        assertThat(refused(() -> new SettingCheck(beans).run(environment), "portcullis.", properties))
                .isEqualTo(refused);
    }
}
