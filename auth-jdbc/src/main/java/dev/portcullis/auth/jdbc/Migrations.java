package dev.portcullis.auth.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Makes the tables, and brings older ones up to date, with Flyway. What was run is in the table
 * {@value #HISTORY}, apart from an application's own migrations.
 *
 * <p>The scripts are plain SQL, in the jar's folders {@code portcullis-schema/h2} and
 * {@code portcullis-schema/postgresql}, and can be run by any tool instead, in the order of their versions. Scripts only
 * add to what there is, so that nodes with the version before go on while it is brought up to date.
 */
public final class Migrations {

    /** The table in which Flyway writes down what it has run. */
    public static final String HISTORY = "portcullis_schema_history";

    private static final int TIMEOUT_SECONDS = 30;

    private static final int ATTEMPTS = 3;

    private Migrations() {}

    /**
     * Runs the scripts that were not run yet, in the schema that the data source's connections use. Several nodes can do
     * so at once. If there are such scripts, the user must be allowed to create tables, functions and triggers; otherwise
     * the rights to read and write the tables are enough.
     *
     * @param dataSource the database
     * @return how many scripts were run, 0 if all had been
     * @throws IllegalStateException if it is neither H2 nor PostgreSQL, or a script fails
     * @throws dev.portcullis.auth.AuthUnavailableException if the database cannot be asked
     */
    public static int migrate(DataSource dataSource) {
        Database database = databaseOf(dataSource);
        for (int attempt = 1; ; attempt++) {
            int version = versionOf(dataSource, database);
            if (version >= Schema.VERSION) {
                return 0;
            }
            try {
                return run(dataSource, database, version);
            } catch (FlywayException e) {
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException("The Portcullis schema could not be brought up to date", e);
                }
            }
        }
    }

    /**
     * Flyway looks for its history, and makes it, in two steps: where another node made it between them, it fails, and
     * is right the next time.
     */
    private static int run(DataSource dataSource, Database database, int version) {
        FluentConfiguration settings = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:" + database.scripts())
                .table(HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion(String.valueOf(version));
        return settings.load().migrate().migrationsExecuted;
    }

    private static Database databaseOf(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return Database.of(connection);
        } catch (SQLException e) {
            throw Outage.of(e, Asked.API_KEYS);
        }
    }

    /** Tables that another tool has made are taken as they are. */
    private static int versionOf(DataSource dataSource, Database database) {
        return Connections.to(dataSource, database, TIMEOUT_SECONDS).read(Schema::version);
    }
}
