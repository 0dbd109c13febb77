package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.Contexts.RULES;
import static dev.portcullis.auth.spring.Contexts.assertFailed;
import static dev.portcullis.auth.spring.Contexts.runner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.InMemoryChangeNotices;
import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.account.CachedAccountStore;
import dev.portcullis.auth.redis.RedisServer;
import dev.portcullis.auth.session.CachedSessionStore;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.session.Sessions;
import dev.portcullis.auth.signature.CachedSigningKeyStore;
import dev.portcullis.auth.signature.ReplayMemory;
import dev.portcullis.auth.signature.SigningKeyStore;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Where sessions, accounts, signing keys, logins and signed requests are kept, by properties. */
class StoreChoiceTest {

    private static final Caller USER = Caller.of(CredentialKind.JWT, "user_1", List.of(), Map.of());

    /** Nobody is there. Connecting goes on in the background. */
    private static final String[] REDIS = {
        "portcullis.redis.url=redis://:hunter2@127.0.0.1:1", "portcullis.redis.connect-timeout=10ms"
    };

    @TempDir
    private Path directory;

    private static WebApplicationContextRunner with(String... properties) {
        return runner().withPropertyValues(
                        RULES, "portcullis.api-keys.store=memory", "portcullis.sessions.enabled=true")
                .withPropertyValues(properties);
    }

    private WebApplicationContextRunner withDatabase(String... properties) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + directory.resolve("kept"));
        return with("portcullis.api-keys.migrate=true")
                .withPropertyValues(properties)
                .withBean(DataSource.class, () -> source);
    }

    @Test
    void what_is_kept_in_the_database_outlasts_the_application() {
        WebApplicationContextRunner kept = withDatabase(
                "portcullis.sessions.store=jdbc",
                "portcullis.accounts.store=jdbc",
                "portcullis.signatures.store=jdbc",
                "portcullis.signatures.single-node=true");
        kept.run(context -> {
            assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(CachedSessionStore.class)
                    .hasSingleBean(CachedAccountStore.class)
                    .hasSingleBean(CachedSigningKeyStore.class);
            context.getBean(Sessions.class).open(USER, LoginType.WEB);
            context.getBean(AccountStore.class).suspend("user_1", true);
        });
        kept.run(context -> {
            assertThat(context.getBean(Sessions.class).list(USER)).hasSize(1);
            assertThat(context.getBean(AccountStore.class).find("user_1").suspended())
                    .isTrue();
        });
    }

    /** One source tells of everything, and each listens for its own. */
    @Test
    void all_that_is_kept_in_the_database_hears_of_changes() {
        Set<String> topics = new HashSet<>();
        InMemoryChangeNotices notices = new InMemoryChangeNotices();
        withDatabase(
                        "portcullis.sessions.store=jdbc",
                        "portcullis.accounts.store=jdbc",
                        "portcullis.signatures.store=jdbc",
                        "portcullis.signatures.single-node=true")
                .withBean(ChangeNotices.class, () -> (topic, listener) -> {
                    topics.add(topic);
                    return notices.subscribe(topic, listener);
                })
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(topics)
                .containsExactlyInAnyOrder(SessionStore.CHANGES, AccountStore.CHANGES, SigningKeyStore.CHANGES);
    }

    /** Nothing of it is touched before it is needed. */
    @Test
    void a_database_that_nothing_is_kept_in_is_not_asked() {
        JdbcDataSource away = new JdbcDataSource();
        away.setURL("jdbc:h2:tcp://127.0.0.1:1/kept");
        with().withBean(DataSource.class, () -> away)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions.store", "accounts.store", "signatures.store"})
    void a_database_that_cannot_be_asked_is_told_by_the_property_that_has_it_asked(String name) {
        JdbcDataSource away = new JdbcDataSource();
        away.setURL("jdbc:h2:tcp://127.0.0.1:1/kept;PASSWORD=hunter2");
        with("portcullis." + name + "=jdbc", "portcullis.api-keys.migrate=true")
                .withBean(DataSource.class, () -> away)
                .run(context -> {
                    assertFailed(context, "portcullis." + name, "cannot be asked", "spring.datasource");
                    assertThat(context).getFailure().hasMessageNotContaining("hunter2");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "sessions.store, SessionStore",
        "accounts.store, AccountStore",
        "signatures.store, SigningKeyStore",
    })
    void a_database_that_is_asked_for_and_not_there_is_told(String name, String bean) {
        String property = "portcullis." + name;
        with(property + "=jdbc")
                .run(context -> assertFailed(context, property, "there is no data source", "own " + bean + " bean"));
        with(property + "=jdbc")
                .withClassLoader(new FilteredClassLoader("dev.portcullis.auth.jdbc"))
                .run(context -> assertFailed(
                        context, property, "auth-jdbc is not on the class path", "dev.portcullis:auth-jdbc"));
    }

    /** What asks for a Redis, and what is kept there then. */
    private static final Map<String, Class<?>> IN_REDIS = Map.of(
            "sessions.store", CachedSessionStore.class,
            "sessions.limits.store", LoginLimits.class,
            "accounts.store", CachedAccountStore.class,
            "signatures.replay-memory", ReplayMemory.class);

    private static WebApplicationContextRunner inRedis(String name) {
        return with("portcullis." + name + "=redis")
                .withPropertyValues(
                        name.startsWith("signatures")
                                ? new String[] {"portcullis.signatures.store=memory"}
                                : new String[0]);
    }

    @TestFactory
    Stream<DynamicTest> a_redis_that_is_asked_for_and_not_there_is_told() {
        return IN_REDIS.keySet().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    String property = "portcullis." + name;
                    inRedis(name)
                            .run(context -> assertFailed(
                                    context, "portcullis.redis.url", property + " is redis", "one RedisServer bean"));
                    inRedis(name)
                            .withClassLoader(new FilteredClassLoader("dev.portcullis.auth.redis"))
                            .run(context -> assertFailed(
                                    context,
                                    property,
                                    "auth-redis is not on the class path",
                                    "dev.portcullis:auth-redis"));
                }));
    }

    /** One that is away is no reason not to start. */
    @Test
    void what_is_kept_in_redis_hears_of_changes_there() {
        with(REDIS)
                .withPropertyValues("portcullis.signatures.store=memory")
                .withPropertyValues(IN_REDIS.keySet().stream()
                        .map(name -> "portcullis." + name + "=redis")
                        .toArray(String[]::new))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(IN_REDIS.values())
                            .allSatisfy(type ->
                                    assertThat(context.getBean(type).toString()).containsIgnoringCase("redis"));
                    assertThat(context.getBean(RedisServer.class).changeNotices())
                            .as("sessions and accounts listen")
                            .hasToString("RedisChangeNotices[2]");
                    assertThat(context.getBean(PortcullisProperties.class).toString())
                            .contains("redis=RedisProperties[redacted]")
                            .doesNotContain("hunter2");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "url, http://hunter2@127.0.0.1, must be like redis://, Correct",
        "url, ' ', is missing, redis://user",
        "prefix, a b, visible ASCII, Correct",
        "command-timeout, 1ms, from 10 ms, Correct",
        "connect-timeout, 1m, to 30 s, Correct"
    })
    void what_is_wrong_with_redis_is_told_without_its_url(String name, String value, String problem, String remedy) {
        String property = "portcullis.redis." + name;
        inRedis("sessions.store")
                .withPropertyValues(REDIS)
                .withPropertyValues(property + "=" + value)
                .run(context -> {
                    assertFailed(context, property, problem, remedy);
                    assertThat(context.getStartupFailure()).isNotNull();
                    for (Throwable each = context.getStartupFailure(); each != null; each = each.getCause()) {
                        assertThat(each.toString()).doesNotContain("hunter2");
                    }
                });
    }

    @Test
    void a_redis_that_nothing_is_kept_in_is_refused() {
        with(REDIS)
                .run(context -> assertFailed(
                        context, "portcullis.redis", "nothing is kept there", "portcullis.sessions.store"));
        with(REDIS)
                .withClassLoader(new FilteredClassLoader("dev.portcullis.auth.redis"))
                .run(context -> assertFailed(
                        context,
                        "portcullis.redis",
                        "auth-redis is not on the class path",
                        "dev.portcullis:auth-redis"));
        with("portcullis.sessions.store=redis")
                .withPropertyValues(REDIS)
                .withBean(RedisServer.class, OwnBeans::redis)
                .run(context -> assertFailed(
                        context, "portcullis.redis", "a RedisServer bean of its own", "Remove one of them"));
    }
}
