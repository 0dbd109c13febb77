package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.AuthListener;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.spring.PermissionRulesCustomizer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * What the properties and beans of a Boot application must be so that it is the same as the {@link TradingApp}. Beans are
 * only what the tests reach into, and what properties cannot say.
 */
final class BootTradingApp implements BootApp {

    /** Methods, path, who may go on, and hosts if not all. */
    private static final String[][] RULES = {
        {"GET", "/health", "anonymous=true"},
        {"GET", TradingApp.LOGIN, "anonymous=true"},
        {"GET", "/full/v1/ws", "permissions=trade:write"},
        {"GET", "/me", "signed-in=true"},
        {"GET", "/pairs/{pair}", "signed-in=true"},
        {"GET", "/problem/{pair}", "signed-in=true"},
        {"GET", "/full/v1/pairs/{pair}", "signed-in=true"},
        {"GET", "/opaque/{pair}", "permissions=account:read"},
        {"GET", "/opaque/trade", "permissions=trade:write"},
        {"GET", "/opaque/me", "signed-in=true", "kinds=jwt"},
        {"POST", "/full/v1/create_order", "permissions=trade:write", "hosts=trades.localhost"},
        {"POST", "/full/v1/instrument", "anonymous=true", "hosts=market-data.localhost"}
    };

    private final TradingApp app;
    private final Witness witness;

    BootTradingApp(TradingApp app, Witness witness) {
        this.app = app;
        this.witness = witness;
    }

    @Override
    public Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>(Map.of(
                "server.servlet.context-path",
                app.contextPath(),
                "portcullis.sessions.enabled",
                true,
                "portcullis.sessions.endpoints.web-login",
                "/auth/web/login",
                "portcullis.sessions.endpoints.hosts",
                "edge.localhost",
                "portcullis.other-hosts-serve-all",
                true,
                "portcullis.api-keys.management.enabled",
                true,
                "portcullis.api-keys.warn-before-expiry",
                "14d",
                "portcullis.errors.realm",
                "trading"));
        properties.putAll(Map.of(
                "portcullis.places.trusted-proxies", "127.0.0.1",
                "portcullis.places.denied-countries", "US, GB, CN",
                "portcullis.places.country-header", "X-Country",
                "portcullis.places.let-unknown-countries-in", true));
        String[][] formats = {{"coded", "/full/**"}, {"opaque", "/opaque/**"}, {"problem", "/problem/**"}};
        for (int i = 0; i < formats.length; i++) {
            properties.put("portcullis.errors.by-path[" + i + "].format", formats[i][0]);
            properties.put("portcullis.errors.by-path[" + i + "].paths", formats[i][1]);
        }
        for (int i = 0; i < RULES.length; i++) {
            putRule("portcullis.rules[" + i + "].", RULES[i], properties);
        }
        return properties;
    }

    private static void putRule(String at, String[] rule, Map<String, Object> properties) {
        properties.put(at + "methods", rule[0]);
        properties.put(at + "path", rule[1]);
        for (int i = 2; i < rule.length; i++) {
            String[] pair = rule[i].split("=", 2);
            properties.put(at + pair[0], pair[1]);
        }
    }

    @Override
    public void register(GenericApplicationContext context) {
        context.registerBean(APIKeyStore.class, () -> app.keyStore);
        context.registerBean(SessionStore.class, () -> app.sessionStore);
        context.registerBean(AccountStore.class, () -> app.accounts);
        context.registerBean(LoginLimits.class, () -> app.limits);
        context.registerBean(AuthenticationMethod.class, StubMethod::new);
        context.registerBean(AuthListener.class, () -> witness);
        context.registerBean(
                PermissionRulesCustomizer.class,
                () -> rules -> rules.refuseWhen(TradingApp.PAIR_CLOSED, TradingApp::isClosedPair));
        context.registerBean("routes", ServletContextInitializer.class, () -> Routes::addServlets);
    }
}
