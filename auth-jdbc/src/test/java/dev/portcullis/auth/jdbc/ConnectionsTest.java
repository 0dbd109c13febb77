package dev.portcullis.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.apikey.APIKey;
import dev.portcullis.auth.apikey.AddTerms;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an application's connections. */
class ConnectionsTest {

    /** Always the same connection, which nobody resets but us. */
    private record OneConnection(Connection connection) implements DataSource {

        @Override
        public Connection getConnection() {
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        try {
                            return method.getName().equals("close") ? null : method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public Connection getConnection(String username, String password) {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLogWriter(PrintWriter out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLoginTimeout(int seconds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }

    /** Found and given back just so, whatever was done, also when it failed. */
    @ParameterizedTest
    @ValueSource(ints = {0, 7000})
    void a_connection_is_given_back_as_it_came(int networkTimeout) throws SQLException {
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (TestDatabase database = TestDatabase.migrated(Database.POSTGRESQL);
                    Connection connection = DriverManager.getConnection(database.url())) {
                connection.setAutoCommit(autoCommit);
                connection.setNetworkTimeout(Runnable::run, networkTimeout);
                JDBCAPIKeyStore store =
                        JDBCAPIKeyStore.builder(new OneConnection(connection)).build();
                APIKey key = Keys.some().build();
                store.add(key, new AddTerms(9, null), Keys.ISSUE);
                store.touch(key.id(), Keys.NOW);
                assertThat(store.find(key.hash())).isEqualTo(key.lastUsedAt(Keys.NOW));
                assertThatThrownBy(() -> store.add(key, AddTerms.any(), Keys.ISSUE))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThat(store.revoke(key.id(), Keys.REVOKE)).isNotNull();
                assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
                assertThat(connection.getNetworkTimeout()).isEqualTo(networkTimeout);
                assertThat(database.store().get(key.id())).as("seen by others").isEqualTo(store.get(key.id()));
            }
        }
    }

    @Test
    void another_database_is_refused_by_its_name() {
        DatabaseMetaData other = (DatabaseMetaData) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                (proxy, method, arguments) -> "Other");
        Connection connection = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> method.getName().equals("getMetaData") ? other : null);
        DataSource source = new OneConnection(connection);
        for (Runnable start :
                List.<Runnable>of(() -> JDBCAPIKeyStore.builder(source).build(), () -> Migrations.migrate(source))) {
            assertThatThrownBy(start::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Other")
                    .hasMessageContaining("H2 and for PostgreSQL");
        }
    }

    @Test
    void time_outs_have_limits() {
        try (TestDatabase database = TestDatabase.migrated(Database.H2)) {
            for (Duration wrong : List.of(Duration.ZERO, Duration.ofMillis(1500), Duration.ofSeconds(301))) {
                assertThatThrownBy(() -> JDBCAPIKeyStore.builder(database.pool())
                                .statementTimeout(wrong)
                                .build())
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("statementTimeout");
            }
            for (int seconds : new int[] {1, 300}) {
                assertThat(JDBCAPIKeyStore.builder(database.pool())
                                .statementTimeout(Duration.ofSeconds(seconds))
                                .build())
                        .hasToString("JDBCAPIKeyStore[H2]");
            }
        }
    }
}
