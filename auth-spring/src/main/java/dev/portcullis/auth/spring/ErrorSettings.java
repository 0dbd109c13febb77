package dev.portcullis.auth.spring;

import dev.portcullis.auth.apikey.ExpiryWarning;
import dev.portcullis.auth.servlet.FilterSettings;
import java.time.Duration;
import java.util.List;

/** Makes of {@code portcullis.errors.by-path} formats of their own, and of a time the warning of a key's end. */
final class ErrorSettings {

    private static final String BY_PATH = "portcullis.errors.by-path";

    private ErrorSettings() {}

    static void apply(PortcullisProperties.Errors errors, FilterSettings.Builder settings) {
        List<PortcullisProperties.PathErrors> byPath = errors.byPath();
        for (int i = 0; i < byPath.size(); i++) {
            PortcullisProperties.PathErrors some = byPath.get(i);
            String at = BY_PATH + "[" + i + "]";
            if (some.format() == null) {
                throw new SettingException(at + ".format", "is missing", "Set it to detail, problem, coded or opaque.");
            }
            if (some.paths().isEmpty()) {
                throw new SettingException(at + ".paths", "is missing", "Set it to paths, such as /full/**.");
            }
            String[] paths = some.paths().toArray(String[]::new);
            try {
                FilterSettings.builder().errorFormatOn(some.format(), paths).build();
            } catch (IllegalArgumentException e) {
                throw CoreSetting.wrong(e, at + ".paths");
            }
            settings.errorFormatOn(some.format(), paths);
        }
    }

    static ExpiryWarning warning(Duration ahead) {
        try {
            return ExpiryWarning.ahead(ahead);
        } catch (IllegalArgumentException e) {
            throw CoreSetting.wrong(e, "portcullis.api-keys.warn-before-expiry");
        }
    }
}
