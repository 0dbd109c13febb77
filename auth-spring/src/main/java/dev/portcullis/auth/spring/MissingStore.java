package dev.portcullis.auth.spring;

import org.springframework.util.ClassUtils;

/** A store that a property asks for and that cannot be had. */
final class MissingStore {

    private MissingStore() {}

    /**
     * Why it cannot be had.
     *
     * @param property what asks for it
     * @param store {@code jdbc} or {@code redis}
     * @param bean the simple name of the type that a bean of the application's own would have
     */
    static SettingException of(String property, String store, String bean) {
        return store.equalsIgnoreCase("jdbc") ? ofDatabase(property, bean) : ofRedis(property);
    }

    private static SettingException ofDatabase(String property, String bean) {
        if (!ClassUtils.isPresent("dev.portcullis.auth.jdbc.JDBCAPIKeyStore", null)) {
            return new SettingException(
                    property, "is jdbc, but auth-jdbc is not on the class path", "Add dev.portcullis:auth-jdbc.");
        }
        return new SettingException(
                property,
                "is jdbc, but there is no data source, or there are several and none is primary",
                "Set spring.datasource.url, with spring-boot-starter-jdbc and a driver; or define your own " + bean
                        + " bean over the data source that is meant.");
    }

    private static SettingException ofRedis(String property) {
        return new SettingException(
                property, "is redis, but auth-redis is not on the class path", "Add dev.portcullis:auth-redis.");
    }
}
