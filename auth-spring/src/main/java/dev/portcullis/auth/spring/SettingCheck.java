package dev.portcullis.auth.spring;

import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.jwt.JWKSAuthentication;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.servlet.FilterSettings;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/** Looks for properties that nothing reads, and for what is missing. */
final class SettingCheck {

    private static final List<Row> ROWS = List.of(
            new Row("portcullis.jwt", JWKSAuthentication.class, "portcullisTokens"),
            new Row("portcullis.rules", PermissionRules.class, "portcullisRules"),
            new Row("portcullis.unnamed-routes", PermissionRules.class, "portcullisRules"),
            new Row("portcullis.other-hosts-serve-all", PermissionRules.class, "portcullisRules"),
            new Row("portcullis.errors", FilterSettings.class, "portcullisFilterSettings"),
            new Row("portcullis.api-keys.warn-before-expiry", FilterSettings.class, "portcullisFilterSettings"),
            new Row("portcullis.places", Places.class, "portcullisPlaces"),
            new Row("portcullis.let-preflight-pass", FilterSettings.class, "portcullisFilterSettings"));

    private final ListableBeanFactory beans;

    SettingCheck(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** A property, the bean that is made of it, and that bean's name. */
    private record Row(String property, Class<?> type, String name) {}

    /** A property whose bean the application has defined by itself says nothing any more. */
    void run(Environment environment) {
        ReadCheck read = new ReadCheck(beans, environment);
        ROWS.forEach(row -> read.check(row.property(), row.type().getSimpleName(), row.name()));
        new KeyContents(beans, environment).check();
        new SessionContents(beans, environment).check();
        new SignatureContents(beans, environment).check();
        new RedisContents(beans, environment).check();
        checkMode(environment);
    }

    private static void checkMode(Environment environment) {
        String mode = environment.getProperty("portcullis.mode");
        if (mode != null && mode.equalsIgnoreCase("security") && !OnFilterMode.hasSpringSecurity(null)) {
            throw new SettingException(
                    "portcullis.mode",
                    "is security, but Spring Security is not on the class path",
                    "Add spring-boot-starter-security, or remove the property.");
        }
    }

    static SettingException noMethod() {
        return new SettingException(
                "portcullis.jwt.jwks-uri",
                "is missing, and nothing else says how callers are found out",
                "To let tokens in, set portcullis.jwt.jwks-uri, portcullis.jwt.issuer and portcullis.jwt.audience. To let"
                        + " API keys in, define an APIKeyStore bean. For a method of your own, define an"
                        + " AuthenticationMethod bean.");
    }

    static SettingException noOpenRoutes() {
        return new SettingException(
                "portcullis.ignore-bad-credentials-on-open-routes",
                "is true, but there are no rules that open a route",
                "Set portcullis.rules, define a PermissionRules bean, or remove it.");
    }
}
