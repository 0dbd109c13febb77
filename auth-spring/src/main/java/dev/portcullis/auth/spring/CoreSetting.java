package dev.portcullis.auth.spring;

import java.util.Locale;
import java.util.Map;

/** The names that settings of the core have among the properties. */
final class CoreSetting {

    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("permissionsClaim", "portcullis.jwt.permissions-claim"),
            Map.entry("maximumTokenLength", "portcullis.jwt.maximum-token-length"),
            Map.entry("clockSkew", "portcullis.jwt.clock-skew"),
            Map.entry("cachedTokens", "portcullis.jwt.cached-tokens"),
            Map.entry("fetchTimeout", "portcullis.jwt.fetch.timeout"),
            Map.entry("minimumFreshness", "portcullis.jwt.fetch.minimum-freshness"),
            Map.entry("defaultFreshness", "portcullis.jwt.fetch.default-freshness"),
            Map.entry("maximumFreshness", "portcullis.jwt.fetch.maximum-freshness"),
            Map.entry("maximumStaleness", "portcullis.jwt.fetch.maximum-staleness"),
            Map.entry("unknownKeyCooldown", "portcullis.jwt.fetch.unknown-key-cooldown"),
            Map.entry("maximumBytes", "portcullis.jwt.fetch.maximum-size"),
            Map.entry("maximumKeys", "portcullis.jwt.fetch.maximum-keys"),
            Map.entry("maximumWaiters", "portcullis.jwt.fetch.maximum-waiters"),
            Map.entry("apiKeyPrefix", "portcullis.api-keys.prefix"),
            Map.entry("prefix", "portcullis.api-keys.prefix"),
            Map.entry("maximumKeyAge", "portcullis.api-keys.maximum-key-age"),
            Map.entry("lapseAfterIssue", "portcullis.api-keys.lapse-after-issue"),
            Map.entry("lapseAfterLastUse", "portcullis.api-keys.lapse-after-last-use"),
            Map.entry("statementTimeout", "portcullis.api-keys.statement-timeout"),
            Map.entry("realm", "portcullis.errors.realm"));

    private CoreSetting() {}

    /**
     * What the core found wrong, by the property's name.
     *
     * @param found its message begins with the setting's own name
     * @param otherwise the property, if it does not
     */
    static SettingException wrong(IllegalArgumentException found, String otherwise) {
        return wrong(PROPERTIES.getOrDefault(settingOf(found), otherwise), found);
    }

    /**
     * What the core found wrong, where settings and properties have the same names.
     *
     * @param found its message begins with the setting's own name
     * @param prefix what the property stands under
     */
    static SettingException wrongUnder(String prefix, IllegalArgumentException found) {
        String name = settingOf(found).replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        return wrong(prefix + "." + name, found);
    }

    private static String settingOf(IllegalArgumentException found) {
        return String.valueOf(found.getMessage()).split("[ :]", 2)[0];
    }

    private static SettingException wrong(String property, IllegalArgumentException found) {
        SettingException wrong =
                new SettingException(property, "is not as it must be: " + found.getMessage(), "Correct it.");
        wrong.initCause(found);
        return wrong;
    }
}
