package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.auth.servlet.PermissionFilter;
import jakarta.servlet.ServletContext;
import org.junit.jupiter.api.Test;

/** "Settings that are missing fail at start-up, not at the first request." */
final class StartTest {

    private static final App BROKEN = new App() {
        @Override
        public String contextPath() {
            return "/broken";
        }

        @Override
        public void deploy(ServletContext context, Trust trust, Witness witness) {
            context.addFilter("permission", PermissionFilter.class).setInitParameter("rules", "GET /a");
        }
    };

    @Test
    void aFilterThatIsSetWronglyStopsTheStartOfTomcat() {
        assertThatThrownBy(() -> new TomcatServer(BROKEN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/broken did not start");
    }

    @Test
    void aFilterThatIsSetWronglyStopsTheStartOfJetty() {
        assertThatThrownBy(() -> new JettyServer(BROKEN))
                .hasStackTraceContaining("Filter 'permission': rules, line 1 'GET /a': no requirement");
    }
}
