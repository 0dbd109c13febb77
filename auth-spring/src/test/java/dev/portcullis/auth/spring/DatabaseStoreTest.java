package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.Contexts.RULES;
import static dev.portcullis.auth.spring.Contexts.assertFailed;
import static dev.portcullis.auth.spring.Contexts.authenticate;
import static dev.portcullis.auth.spring.Contexts.runner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.InMemoryChangeNotices;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.CachedAPIKeyStore;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.InMemoryAPIKeyStore;
import dev.portcullis.auth.jdbc.JDBCAPIKeyStore;
import dev.portcullis.auth.jdbc.Migrations;
import dev.portcullis.auth.jdbc.PostgreSQLChangeNotices;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Keys in the application's database. */
class DatabaseStoreTest {

    private static final String MIGRATE = "portcullis.api-keys.migrate=true";

    @TempDir
    private Path directory;

    private String url() {
        return "jdbc:h2:file:" + directory.resolve("keys");
    }

    private DataSource h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url());
        return source;
    }

    private WebApplicationContextRunner withDatabase(String... properties) {
        return runner().withBean(DataSource.class, this::h2)
                .withPropertyValues(RULES)
                .withPropertyValues(properties);
    }

    private static String issue(ApplicationContext context) {
        return context.getBean(APIKeys.class)
                .issue("user_1", "a key", Environment.LIVE, List.of("catalog:read"), null)
                .plaintext();
    }

    @Test
    void boots_data_source_is_all_that_it_takes_and_keys_outlast_the_application() {
        WebApplicationContextRunner boot = runner().withConfiguration(
                        AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withPropertyValues(RULES, MIGRATE, "spring.datasource.url=" + url());
        String[] key = {""};

        boot.run(context -> {
            assertThat(context).hasSingleBean(CachedAPIKeyStore.class);
            key[0] = issue(context);
            assertThat(authenticate(context, key[0])).isInstanceOf(Outcome.Authenticated.class);
        });
        boot.run(context -> assertThat(authenticate(context, key[0])).isInstanceOf(Outcome.Authenticated.class));
    }

    @Test
    void without_copies_the_database_is_asked_every_time() {
        withDatabase(MIGRATE, "portcullis.api-keys.cache.enabled=false").run(context -> {
            assertThat(context).hasSingleBean(JDBCAPIKeyStore.class).doesNotHaveBean(ChangeNotices.class);
            assertThat(authenticate(context, issue(context))).isInstanceOf(Outcome.Authenticated.class);
        });
    }

    /** "run on request or by the user's own tooling" */
    @Test
    void tables_are_made_on_request_alone() {
        withDatabase()
                .run(context -> assertFailed(
                        context, "portcullis.api-keys.migrate", "There is no Portcullis schema", "migrate=true"));

        Migrations.migrate(h2());
        withDatabase("portcullis.api-keys.migrate=false")
                .run(context -> assertThat(context).hasSingleBean(CachedAPIKeyStore.class));
    }

    @Test
    void keys_can_be_in_memory_although_there_is_a_database() {
        withDatabase("portcullis.api-keys.store=memory").run(context -> {
            assertThat(context).hasSingleBean(InMemoryAPIKeyStore.class);
            assertThat(authenticate(context, issue(context))).isInstanceOf(Outcome.Authenticated.class);
        });
        runner().withPropertyValues(RULES, "portcullis.api-keys.store=memory")
                .run(context -> assertThat(context).hasSingleBean(APIKeyStore.class));
    }

    @Test
    void a_store_of_the_applications_own_takes_the_place_of_ours() {
        withDatabase()
                .withBean(APIKeyStore.class, InMemoryAPIKeyStore::new)
                .run(context -> assertThat(context)
                        .hasSingleBean(APIKeyStore.class)
                        .hasSingleBean(InMemoryAPIKeyStore.class)
                        .doesNotHaveBean(ChangeNotices.class));
    }

    @Test
    void api_keys_that_are_switched_off_need_no_store() {
        withDatabase("portcullis.api-keys.enabled=false", "portcullis.jwt.issuer=a", "portcullis.jwt.audience=b")
                .withPropertyValues("portcullis.jwt.jwks-uri=http://127.0.0.1:1/")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(APIKeyStore.class));
    }

    @Test
    void without_auth_jdbc_a_data_source_is_none_of_our_business() {
        withDatabase("portcullis.jwt.issuer=a", "portcullis.jwt.audience=b")
                .withPropertyValues("portcullis.jwt.jwks-uri=http://127.0.0.1:1/")
                .withClassLoader(new FilteredClassLoader("dev.portcullis.auth.jdbc"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(APIKeyStore.class));
    }

    private record Row(String property, String value, String problem, String remedy) {}

    @TestFactory
    Stream<DynamicTest> every_property_reaches_its_setting() {
        String cache = "portcullis.api-keys.cache.";
        String out = "must be from";
        return Stream.of(
                        new Row(cache + "lifetime", "1ms", out, "Correct"),
                        new Row(cache + "lifetime-with-notices", "30s", "nothing tells", "PostgreSQL"),
                        new Row(cache + "maximum-lag", "1ms", out, "Correct"),
                        new Row(cache + "maximum-staleness", "8d", out, "Correct"),
                        new Row(cache + "maximum-keys", "0", out, "Correct"),
                        new Row(cache + "maximum-unknown-keys", "0", out, "Correct"),
                        new Row(cache + "unknown-lifetime", "2h", out, "Correct"),
                        new Row(cache + "unknown-rate", "0", out, "Correct"),
                        new Row(cache + "maximum-loads", "0", out, "Correct"),
                        new Row(cache + "maximum-waiters", "0", out, "Correct"),
                        new Row(cache + "maximum-wait", "2m", out, "Correct"),
                        new Row("portcullis.api-keys.statement-timeout", "1ms", "whole seconds", "Correct"),
                        new Row("portcullis.api-keys.change-notices", "true", "not PostgreSQL", "Remove"),
                        new Row("portcullis.api-keys.issuing.scope-catalogue", "a b", "scope-tokens", "Correct"),
                        new Row("portcullis.api-keys.issuing.maximum-keys", "0", "at least 1", "Correct"),
                        new Row("portcullis.api-keys.issuing.maximum-lifetime", "0s", out, "Correct"),
                        new Row("portcullis.api-keys.issuing.usual-lifetime", "0s", out, "Correct"))
                .map(row -> DynamicTest.dynamicTest(
                        row.property(),
                        () -> withDatabase(MIGRATE)
                                .withPropertyValues(row.property() + "=" + row.value())
                                .run(context -> assertFailed(context, row.property(), row.problem(), row.remedy()))));
    }

    @Test
    void a_property_that_nothing_reads_is_refused() {
        for (String property : List.of(
                "portcullis.api-keys.migrate=true",
                "portcullis.api-keys.statement-timeout=5s",
                "portcullis.api-keys.change-notices=false",
                "portcullis.api-keys.cache.maximum-keys=5")) {
            String name = property.split("=", -1)[0].replace(".maximum-keys", "");
            withDatabase(property)
                    .withPropertyValues("portcullis.api-keys.store=memory")
                    .run(context -> assertFailed(context, name, "kept in memory", "Remove it"));
            withDatabase(property)
                    .withBean(APIKeyStore.class, InMemoryAPIKeyStore::new)
                    .run(context -> assertFailed(context, name, "of its own", "Remove one"));
        }
        withDatabase("portcullis.api-keys.store=jdbc")
                .withBean(APIKeyStore.class, InMemoryAPIKeyStore::new)
                .run(context -> assertFailed(context, "portcullis.api-keys.store", "of its own", "Remove one"));
        withDatabase(MIGRATE, "portcullis.api-keys.change-notices=false")
                .withBean(ChangeNotices.class, InMemoryChangeNotices::new)
                .run(context ->
                        assertFailed(context, "portcullis.api-keys.change-notices", "of its own", "Remove one"));
    }

    @Test
    void a_database_that_is_asked_for_and_not_there_is_told() {
        String jdbc = "portcullis.api-keys.store=jdbc";
        runner().withPropertyValues(RULES, jdbc)
                .run(context ->
                        assertFailed(context, "portcullis.api-keys.store", "no data source", "spring.datasource.url"));
        withDatabase(jdbc)
                .withBean("another", DataSource.class, this::h2)
                .run(context -> assertFailed(
                        context, "portcullis.api-keys.store", "several and none is primary", "APIKeyStore bean"));
        withDatabase(jdbc)
                .withClassLoader(new FilteredClassLoader("dev.portcullis.auth.jdbc"))
                .run(context -> assertFailed(
                        context, "portcullis.api-keys.store", "auth-jdbc is not on the class path", "auth-jdbc"));
    }

    /** A URL can hold a password. */
    @Test
    void a_database_that_cannot_be_asked_is_told_without_its_url() {
        JdbcDataSource away = new JdbcDataSource();
        away.setURL("jdbc:h2:tcp://127.0.0.1:1/keys;PASSWORD=hunter2");
        runner().withBean(DataSource.class, () -> away)
                .withPropertyValues(RULES, MIGRATE)
                .run(context -> {
                    assertFailed(context, "portcullis.api-keys.store", "The database failed", "spring.datasource");
                    for (Throwable each = context.getStartupFailure(); each != null; each = each.getCause()) {
                        assertThat(each.toString()).doesNotContain("hunter2");
                    }
                });
    }

    @Test
    void copies_are_measured_and_the_database_is_a_matter_of_health() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create(url(), "", "");
        runner().withBean(DataSource.class, () -> pool)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues(RULES, MIGRATE)
                .run(context -> {
                    String key = issue(context);
                    for (int i = 0; i < 3; i++) {
                        authenticate(context, key);
                    }
                    MeterRegistry meters = context.getBean(MeterRegistry.class);
                    context.getBean("portcullisKeyMetrics", CacheMetrics.class).bindTo(meters);
                    assertThat(count(meters, "hit")).isEqualTo(2);
                    assertThat(count(meters, "miss")).isEqualTo(1);
                    assertThat(meters.get("portcullis.keys.copies")
                                    .tag("kind", "known")
                                    .gauge()
                                    .value())
                            .isEqualTo(1);
                    assertThat(meters.get("portcullis.keys.notices").gauge().value())
                            .isZero();

                    HealthIndicator health = context.getBean(HealthIndicator.class);
                    assertThat(health.health()).extracting(Health::getStatus).isEqualTo(Status.UP);
                    pool.dispose();
                    assertThat(health.health()).extracting(Health::getStatus).isEqualTo(Status.DOWN);
                    assertThat(authenticate(context, key))
                            .as("a copy goes on while the database is away")
                            .isInstanceOf(Outcome.Authenticated.class);
                });
    }

    private static double count(MeterRegistry meters, String result) {
        return meters.get("portcullis.keys.lookups")
                .tag("result", result)
                .functionCounter()
                .count();
    }

    @Test
    void postgresql_tells_of_changes_unless_that_is_switched_off() throws IOException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            Supplier<DataSource> source = server::getPostgresDatabase;
            WebApplicationContextRunner postgres =
                    runner().withBean(DataSource.class, source).withPropertyValues(RULES, MIGRATE);
            for (Map.Entry<String, Boolean> row :
                    Map.of("", true, "true", true, "false", false).entrySet()) {
                String[] given = row.getKey().isEmpty()
                        ? new String[0]
                        : new String[] {"portcullis.api-keys.change-notices=" + row.getKey()};
                postgres.withPropertyValues(given)
                        .run(context -> assertThat(context.getBeanProvider(ChangeNotices.class)
                                        .getIfAvailable())
                                .as(row.getKey())
                                .matches(notices -> notices instanceof PostgreSQLChangeNotices == row.getValue()));
            }
            postgres.withPropertyValues("portcullis.api-keys.cache.lifetime-with-notices=30s")
                    .withBean(ChangeNotices.class, InMemoryChangeNotices::new)
                    .run(context -> assertThat(context)
                            .as("other notices take their place")
                            .hasSingleBean(ChangeNotices.class)
                            .getBean(ChangeNotices.class)
                            .isInstanceOf(InMemoryChangeNotices.class));
        }
    }
}
