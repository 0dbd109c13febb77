package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * What the properties and beans of a Boot application must be so that it is the same as a {@link KeyApp}. The endpoints
 * and their rules come from the properties, but where the container makes the servlet.
 */
final class BootKeyApp implements BootApp {

    private final KeyApp app;

    BootKeyApp(KeyApp app) {
        this.app = app;
    }

    @Override
    public Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("server.servlet.context-path", app.contextPath());
        if (app == KeyApp.DECLARED) {
            return properties;
        }
        properties.put("portcullis.api-keys.management.enabled", true);
        properties.put("portcullis.rules[0].methods", "GET, POST");
        properties.put("portcullis.rules[0].path", "/unguarded/**");
        properties.put("portcullis.rules[0].anonymous", true);
        if (app == KeyApp.STRICT) {
            properties.put("portcullis.api-keys.issuing.scope-catalogue", "catalog:read, catalog:write");
            properties.put("portcullis.api-keys.issuing.maximum-lifetime", "90d");
            properties.put("portcullis.api-keys.issuing.usual-lifetime", "30d");
            properties.put("portcullis.api-keys.issuing.maximum-keys", 3);
            properties.put("portcullis.errors.format", "problem");
            properties.put("portcullis.errors.realm", "keys");
        }
        return properties;
    }

    @Override
    public void register(GenericApplicationContext context) {
        context.registerBean(AuthenticationMethod.class, StubMethod::new);
        context.registerBean(APIKeyStore.class, () -> app.store);
        if (app != KeyApp.STRICT) {
            context.registerBean(APIKeys.class, () -> app.keys);
        }
        if (app == KeyApp.DECLARED) {
            context.registerBean(PermissionRules.class, KeyApp::rules);
        }
        context.registerBean("servlets", ServletContextInitializer.class, () -> servlets -> {
            app.add(servlets, "unguarded").addMapping("/unguarded/*");
            if (app == KeyApp.DECLARED) {
                app.add(servlets, "keys").addMapping(KeyApp.BASE + "/*");
            }
        });
    }
}
