package dev.portcullis.auth.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Pools such as an application would have. */
final class Pools {

    private Pools() {}

    static HikariDataSource to(String url) {
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(url);
        settings.setMaximumPoolSize(8);
        settings.setMinimumIdle(0);
        settings.setConnectionTimeout(2000);
        return new HikariDataSource(settings);
    }
}
