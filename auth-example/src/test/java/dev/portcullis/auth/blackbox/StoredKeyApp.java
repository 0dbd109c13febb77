package dev.portcullis.auth.blackbox;

import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.servlet.AuthenticationFilter;
import dev.portcullis.auth.servlet.PermissionFilter;
import dev.portcullis.auth.servlet.keys.APIKeyServlet;
import jakarta.servlet.ServletContext;

/** What {@link KeyApp#USUAL} is, with its keys in a store of the test's. */
final class StoredKeyApp implements App {

    private final APIKeyStore store;

    StoredKeyApp(APIKeyStore store) {
        this.store = store;
    }

    @Override
    public String contextPath() {
        return KeyApp.USUAL.contextPath();
    }

    @Override
    public void deploy(ServletContext context, Trust trust, Witness witness) {
        Deployment.add(
                context,
                AuthenticationFilter.builder(new StubMethod()).build(),
                PermissionFilter.builder(KeyApp.rules()).build());
        APIKeys keys = APIKeys.builder().store(store).clock(KeyApp.USUAL.clock).build();
        context.addServlet("keys", APIKeyServlet.builder(keys).build()).addMapping(KeyApp.BASE + "/*");
    }
}
