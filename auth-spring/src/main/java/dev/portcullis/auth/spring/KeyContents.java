package dev.portcullis.auth.spring;

import dev.portcullis.auth.ChangeNotices;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.servlet.keys.APIKeyServlet;
import dev.portcullis.auth.servlet.keys.KeyPageServlet;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/** Looks for properties under {@code portcullis.api-keys} that nothing reads, and for a store that is missing. */
final class KeyContents {

    private static final String ALL = "portcullis.api-keys";
    private static final String STORE = ALL + ".store";
    private static final String PERMISSIONS = ALL + ".management.permissions";

    /** What only the copies of a store in a database read. */
    private static final String CACHE = ALL + ".cache";

    /** What all that is kept in the database reads. */
    private static final List<String> OF_DATABASE =
            List.of(ALL + ".migrate", ALL + ".statement-timeout", ALL + ".change-notices");

    private final ListableBeanFactory beans;
    private final Environment environment;
    private final ReadCheck read;

    KeyContents(ListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
        this.read = new ReadCheck(beans, environment);
    }

    void check() {
        if (!isThere(ALL) || "false".equalsIgnoreCase(environment.getProperty(ALL + ".enabled"))) {
            return;
        }
        if (beans.getBeanNamesForType(APIKeyStore.class, true, false).length == 0) {
            throw noStore();
        }
        checkStore();
        checkRead(ALL + ".environments", APIKeyAuthentication.class, "portcullisAPIKeyAuthentication");
        checkRead(ALL + ".maximum-key-age", APIKeyAuthentication.class, "portcullisAPIKeyAuthentication");
        checkRead(ALL + ".lapse-after-issue", APIKeyAuthentication.class, "portcullisAPIKeyAuthentication");
        checkRead(ALL + ".lapse-after-last-use", APIKeyAuthentication.class, "portcullisAPIKeyAuthentication");
        checkRead(ALL + ".issuing", APIKeys.class, "portcullisAPIKeys");
        checkEndpoint(ALL + ".management.enabled", APIKeyServlet.class, "portcullisKeyEndpoints");
        checkEndpoint(ALL + ".page.enabled", KeyPageServlet.class, "portcullisKeyPage");
        checkPermissions();
    }

    /** Only rules that are made of properties read it. Left unread, it would leave the endpoints open to more callers. */
    private void checkPermissions() {
        if (isThere(PERMISSIONS) && !beans.containsBean("portcullisRules")) {
            throw new SettingException(
                    PERMISSIONS,
                    "is set, but no rules are made of properties, which alone would read it",
                    "Say in your own rules what the endpoints require, and remove it; or set portcullis.rules instead.");
        }
    }

    private boolean isThere(String property) {
        return read.isThere(property);
    }

    private void checkRead(String property, Class<?> type, String name) {
        read.check(property, type.getSimpleName(), name);
    }

    private void checkEndpoint(String property, Class<?> type, String name) {
        if ("true".equalsIgnoreCase(environment.getProperty(property))) {
            checkRead(property, type, name);
        }
    }

    private void checkStore() {
        boolean inMemory = beans.containsBean("portcullisMemoryStore");
        checkOfDatabase(CACHE, inMemory);
        if (!isOtherInDatabase()) {
            OF_DATABASE.forEach(property -> checkOfDatabase(property, inMemory));
        }
        if (!inMemory) {
            checkRead(STORE, APIKeyStore.class, "portcullisAPIKeyStore");
        }
        if (beans.getBeanNamesForType(ChangeNotices.class, true, false).length > 0) {
            checkRead(ALL + ".change-notices", ChangeNotices.class, "portcullisChangeNotices");
        }
    }

    private void checkOfDatabase(String property, boolean inMemory) {
        if (inMemory && isThere(property)) {
            throw new SettingException(
                    property,
                    "is set, but keys are kept in memory, where nothing reads it",
                    "Remove it, or set " + STORE + "=jdbc.");
        }
        if (!inMemory) {
            checkRead(property, APIKeyStore.class, "portcullisAPIKeyStore");
        }
    }

    /** Whether anything but API keys is kept in the database. */
    private boolean isOtherInDatabase() {
        return read.isAnyBean(
                "portcullisDatabaseSessions", "portcullisDatabaseAccounts", "portcullisDatabaseSigningKeys");
    }

    private SettingException noStore() {
        if (!"jdbc".equalsIgnoreCase(environment.getProperty(STORE))) {
            return new SettingException(
                    ALL,
                    "is set, but there is no store of API keys",
                    "Add auth-jdbc and a data source; define an APIKeyStore bean; set " + STORE
                            + "=memory, for keys that are gone with the process; or remove what stands under "
                            + ALL + ".");
        }
        return MissingStore.of(STORE, "jdbc", "APIKeyStore");
    }
}
