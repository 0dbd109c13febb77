package dev.portcullis.auth.spring;

import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where sessions are opened, listed and ended, as the properties say; without a slash at the end, or empty. */
final class SessionPaths {

    private static final String ENDPOINTS = "portcullis.sessions.endpoints";

    private final Map<String, String> propertyOf = new LinkedHashMap<>();

    private SessionPaths() {}

    /**
     * Checks them.
     *
     * @return the same, each in one spelling
     */
    static SessionProperties.Endpoints checked(SessionProperties.Endpoints given) {
        SessionPaths paths = new SessionPaths();
        return new SessionProperties.Endpoints(
                paths.path("api-key-login", given.apiKeyLogin()),
                paths.path("web-login", given.webLogin()),
                paths.path("mobile-login", given.mobileLogin()),
                paths.path("logout", given.logout()),
                paths.path("sessions", given.sessions()),
                hosts(given.hosts()));
    }

    private String path(String name, String path) {
        if (path.isEmpty()) {
            return path;
        }
        String property = ENDPOINTS + "." + name;
        String checked = KeyPaths.checked(property, path);
        String other = propertyOf.putIfAbsent(checked, property);
        if (other != null) {
            throw new SettingException(property, "is the same as " + other, "Set one of them to another path.");
        }
        return checked;
    }

    private static List<String> hosts(List<String> hosts) {
        try {
            PermissionRules unused = PermissionRules.builder()
                    .ruleOn(hosts, "GET", "/", Requirement.anyone())
                    .build();
            return hosts;
        } catch (IllegalArgumentException e) {
            throw CoreSetting.wrong(e, ENDPOINTS + ".hosts");
        }
    }
}
