package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.servlet.keys.SigningKeyServlet;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.support.GenericApplicationContext;

/** What the properties and beans of a Boot application must be so that it is the same as a {@link SignedApp}. */
final class BootSignedApp implements BootApp {

    private final SignedApp app;

    BootSignedApp(SignedApp app) {
        this.app = app;
    }

    @Override
    public Map<String, Object> properties() {
        return new LinkedHashMap<>(Map.of(
                "server.servlet.context-path",
                app.contextPath(),
                "portcullis.ignore-bad-credentials-on-open-routes",
                app == SignedApp.LENIENT));
    }

    @Override
    public void register(GenericApplicationContext context) {
        context.registerBean(APIKeyStore.class, app::keyStore);
        context.registerBean(AuthenticationMethod.class, StubMethod::new);
        context.registerBean(SignedRequestAuthentication.class, app::signed);
        context.registerBean(
                PermissionRules.class, () -> SignedRoutes.rules(app == SignedApp.LENIENT ? "/v1/bytes" : ""));
        context.registerBean("routes", ServletContextInitializer.class, () -> SignedRoutes::addServlets);
        context.registerBean(
                "signing-keys",
                ServletRegistrationBean.class,
                () -> new ServletRegistrationBean<SigningKeyServlet>(app.endpoints(), "/api/v1/signing-keys/*"));
    }
}
