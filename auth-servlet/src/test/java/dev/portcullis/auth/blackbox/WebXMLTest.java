package dev.portcullis.auth.blackbox;

import static dev.portcullis.auth.blackbox.BlackBox.assertSeen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.AuthenticationMethod;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that is put together by a {@code web.xml} alone. */
public final class WebXMLTest {

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1" metadata-complete="true">
              <context-param>
                <param-name>portcullis.error-format</param-name>
                <param-value>problem</param-value>
              </context-param>
              <listener><listener-class>ATTRIBUTES</listener-class></listener>
              <filter>
                <filter-name>authentication</filter-name>
                <filter-class>dev.portcullis.auth.servlet.AuthenticationFilter</filter-class>
                <async-supported>true</async-supported>
              </filter>
              <filter>
                <filter-name>permission</filter-name>
                <filter-class>dev.portcullis.auth.servlet.PermissionFilter</filter-class>
                <async-supported>true</async-supported>
                <init-param>
                  <param-name>rules</param-name>
                  <param-value>
                    # the catalogue
                    GET       /api/v1/leagues/**  catalog:read
                    POST, PUT /api/v1/leagues/**  catalog:write

                    GET       /health             anyone
                    otherwise                     OTHERWISE
                  </param-value>
                </init-param>
              </filter>
              <filter-mapping>
                <filter-name>authentication</filter-name>
                <url-pattern>/*</url-pattern>
                <dispatcher>REQUEST</dispatcher><dispatcher>ASYNC</dispatcher><dispatcher>ERROR</dispatcher>
              </filter-mapping>
              <filter-mapping>
                <filter-name>permission</filter-name>
                <url-pattern>/*</url-pattern>
                <dispatcher>REQUEST</dispatcher><dispatcher>ASYNC</dispatcher><dispatcher>ERROR</dispatcher>
              </filter-mapping>
              <servlet>
                <servlet-name>echo</servlet-name>
                <servlet-class>ECHO</servlet-class>
                <async-supported>true</async-supported>
              </servlet>
              <servlet-mapping><servlet-name>echo</servlet-name><url-pattern>/*</url-pattern></servlet-mapping>
            </web-app>
            """;

    private final Tomcat tomcat = new Tomcat();

    @TempDir
    private Path directory;

    /** Puts what no parameter can say into the context. */
    public static final class Attributes implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            event.getServletContext().setAttribute(AuthenticationMethod.class.getName(), new StubMethod());
        }
    }

    private Context start(String otherwise) throws Exception {
        Path webInf = Files.createDirectories(directory.resolve("app/WEB-INF"));
        String xml = WEB_XML.replace("ATTRIBUTES", Attributes.class.getName())
                .replace("OTHERWISE", otherwise)
                .replace("ECHO", Handlers.Echo.class.getName());
        Files.writeString(webInf.resolve("web.xml"), xml);
        TomcatServer.beQuiet();
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("/app", directory.resolve("app").toString());
        ContextConfig config = new ContextConfig();
        config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        context.addLifecycleListener(config);
        context.setParentClassLoader(getClass().getClassLoader());
        tomcat.start();
        return context;
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void theFiltersDoTheirWork() throws Exception {
        start("signed-in");
        Wire wire = new Wire(tomcat.getConnector().getLocalPort(), "/app");

        assertSeen(wire.send(Ask.get("/health")), "principal=null");
        assertThat(wire.send(Ask.get("/other")).header("Content-Type")).isEqualTo("application/problem+json");
        assertSeen(wire.send(Ask.get("/other").bearer(StubMethod.good())), "principal=user_1");
        assertSeen(wire.send(Ask.get("/api/v1/leagues/").bearer(StubMethod.good("catalog:read"))), "authType=JWT");
        assertThat(wire.send(Ask.post("/api/v1/leagues/").bearer(StubMethod.good("catalog:read")))
                        .header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"catalog:write\"");
    }

    @Test
    void aRuleThatCannotBeReadStopsTheStart() throws Exception {
        Context context = start("everybody anyone");

        assertThat(context.getState()).isEqualTo(LifecycleState.STOPPED);
        assertThat(new Wire(tomcat.getConnector().getLocalPort(), "/app")
                        .send(Ask.get("/health"))
                        .status())
                .isBetween(404, 503);
    }
}
