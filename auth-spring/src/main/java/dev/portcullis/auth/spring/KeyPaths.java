package dev.portcullis.auth.spring;

import dev.portcullis.auth.servlet.keys.KeyPageServlet;
import java.util.regex.Pattern;

/** Where keys are managed, as the properties say; without a slash at the end. */
final class KeyPaths {

    private static final String BASE_PATH = "portcullis.api-keys.management.base-path";
    private static final String PAGE = "portcullis.api-keys.page.path";
    private static final Pattern PATH = Pattern.compile("(/(?!\\.\\.?(/|$))[A-Za-z0-9._~-]+)+/?");

    private final APIKeyProperties keys;

    KeyPaths(APIKeyProperties keys) {
        this.keys = keys;
    }

    String endpoints() {
        return checked(BASE_PATH, keys.management().basePath());
    }

    String page() {
        String page = checked(PAGE, keys.page().path());
        if (page.equals(endpoints())) {
            throw new SettingException(
                    PAGE, "is that of the endpoints too", "Set it, or " + BASE_PATH + ", to another.");
        }
        return page;
    }

    static String checked(String property, String path) {
        if (!PATH.matcher(path).matches()) {
            throw new SettingException(
                    property, "is not a path", "Write it from its first slash on, such as /api/v1/api-keys.");
        }
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** The page, which uses the endpoints. */
    KeyPageServlet servlet() {
        if (!keys.management().enabled()) {
            throw new SettingException(
                    "portcullis.api-keys.page.enabled",
                    "is true, but the endpoints that the page uses are not there",
                    "Set portcullis.api-keys.management.enabled=true too.");
        }
        KeyPageServlet.Builder page = KeyPageServlet.builder().endpoints(endpoints() + "/");
        if (keys.page().tokenScript() != null) {
            page.tokenScript(keys.page().tokenScript());
        }
        try {
            return page.build();
        } catch (IllegalArgumentException e) {
            throw CoreSetting.wrong(e, BASE_PATH);
        }
    }
}
