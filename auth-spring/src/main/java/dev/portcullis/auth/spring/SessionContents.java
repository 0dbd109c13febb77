package dev.portcullis.auth.spring;

import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.session.SessionTransport;
import dev.portcullis.auth.session.Sessions;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/** Looks for properties under {@code portcullis.sessions} and {@code portcullis.accounts} that nothing reads. */
final class SessionContents {

    private static final String ALL = "portcullis.sessions";

    private final ListableBeanFactory beans;
    private final Environment environment;

    SessionContents(ListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    void check() {
        checkRead("portcullis.accounts.store", AccountStore.class, "portcullisMemoryAccounts");
        String enabled = environment.getProperty(ALL + ".enabled");
        if (!OnPropertyUnder.isThere(environment, ALL) || "false".equalsIgnoreCase(enabled)) {
            return;
        }
        if (enabled == null) {
            throw new SettingException(
                    ALL, "is set, but sessions are not let in", "Set " + ALL + ".enabled=true, or remove it.");
        }
        checkRead(ALL + ".store", SessionStore.class, "portcullisMemorySessions");
        checkRead(ALL + ".cookie", SessionTransport.class, "portcullisSessionTransport");
        checkRead(ALL + ".account-header", SessionTransport.class, "portcullisSessionTransport");
        checkRead(ALL + ".limits", LoginLimits.class, "portcullisLoginLimits");
        checkRead(ALL + ".lifetimes", Sessions.class, "portcullisSessions");
        checkRead(ALL + ".maximum-sessions", Sessions.class, "portcullisSessions");
    }

    private void checkRead(String property, Class<?> type, String name) {
        if (OnPropertyUnder.isThere(environment, property) && !beans.containsBean(name)) {
            throw new SettingException(
                    property,
                    "is set, but the application has a " + type.getSimpleName()
                            + " bean of its own, which does not read it",
                    "Remove one of them.");
        }
    }
}
