package dev.portcullis.auth.spring;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/** Looks for properties under {@code portcullis.sessions} and {@code portcullis.accounts} that nothing reads. */
final class SessionContents {

    private static final String ALL = "portcullis.sessions";

    private final Environment environment;
    private final ReadCheck read;

    SessionContents(ListableBeanFactory beans, Environment environment) {
        this.environment = environment;
        this.read = new ReadCheck(beans, environment);
    }

    void check() {
        read.check(
                "portcullis.accounts.store",
                "AccountStore",
                "portcullisMemoryAccounts",
                "portcullisDatabaseAccounts",
                "portcullisRedisAccounts");
        String enabled = environment.getProperty(ALL + ".enabled");
        if (!read.isThere(ALL) || "false".equalsIgnoreCase(enabled)) {
            return;
        }
        if (enabled != null && !enabled.equalsIgnoreCase("true")) {
            throw new SettingException(ALL + ".enabled", "is neither true nor false", "Set it to one of them.");
        }
        if (enabled == null) {
            throw new SettingException(
                    ALL, "is set, but sessions are not let in", "Set " + ALL + ".enabled=true, or remove it.");
        }
        read.check(
                ALL + ".store",
                "SessionStore",
                "portcullisMemorySessions",
                "portcullisDatabaseSessions",
                "portcullisRedisSessions");
        read.check(ALL + ".cookie", "SessionTransport", "portcullisSessionTransport");
        read.check(ALL + ".account-header", "SessionTransport", "portcullisSessionTransport");
        read.check(ALL + ".limits", "LoginLimits", "portcullisLoginLimits", "portcullisRedisLoginLimits");
        read.check(ALL + ".lifetimes", "Sessions", "portcullisSessions");
        read.check(ALL + ".maximum-sessions", "Sessions", "portcullisSessions");
    }
}
