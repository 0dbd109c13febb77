package dev.portcullis.auth.spring;

import dev.portcullis.auth.Admission;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.KeyJudge;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.servlet.FilterSettings;
import dev.portcullis.auth.servlet.session.LoginServlet;
import dev.portcullis.auth.servlet.session.LogoutServlet;
import dev.portcullis.auth.servlet.session.OpenSockets;
import dev.portcullis.auth.servlet.session.SessionServlet;
import dev.portcullis.auth.servlet.session.UserLoginServlet;
import dev.portcullis.auth.session.InMemoryRateLimit;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.SessionAuthentication;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.session.SessionTransport;
import dev.portcullis.auth.session.Sessions;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;

/** Sessions, where {@code portcullis.sessions.enabled} asks for them: the method, what opens and ends them, the endpoints. */
@AutoConfiguration(after = PortcullisAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "portcullis.sessions.enabled")
final class PortcullisSessionsAutoConfiguration {

    static final int SESSIONS_ORDER = 15;

    @Bean
    @ConditionalOnMissingBean
    SessionTransport portcullisSessionTransport(PortcullisProperties properties) {
        return new SessionSettings(properties.sessions()).transport();
    }

    @Bean
    @Order(SESSIONS_ORDER)
    @ConditionalOnMissingBean
    SessionAuthentication portcullisSessionAuthentication(
            PortcullisProperties properties,
            SessionStore store,
            ObjectProvider<KeyJudge> keys,
            SessionTransport transport) {
        return new SessionSettings(properties.sessions())
                .authentication(store, keys.getIfUnique(KeyJudge::ofNoKeys), transport);
    }

    @Bean
    @ConditionalOnMissingBean
    LoginLimits portcullisLoginLimits(PortcullisProperties properties, Places places) {
        if (properties.sessions().limits().store() == SessionProperties.Counter.REDIS) {
            throw MissingStore.of("portcullis.sessions.limits.store", "redis", "LoginLimits");
        }
        return new SessionSettings(properties.sessions()).limits(places, InMemoryRateLimit::of);
    }

    @Bean
    @ConditionalOnMissingBean
    Sessions portcullisSessions(
            PortcullisProperties properties,
            SessionStore store,
            ObjectProvider<KeyJudge> keys,
            ObjectProvider<Admission> admissions,
            LoginLimits limits) {
        Admission admission = Admission.allOf(admissions.orderedStream().toArray(Admission[]::new));
        return new SessionSettings(properties.sessions())
                .sessions(store, keys.getIfUnique(KeyJudge::ofNoKeys), admission, limits);
    }

    /** Started for the first endpoint that has sockets watched. Where they came from is not judged again. */
    @Lazy
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    OpenSockets portcullisOpenSockets(
            ObjectProvider<AuthenticationMethod> methods,
            ObjectProvider<Admission> admissions,
            ObjectProvider<PermissionRules> rules,
            FilterSettings settings) {
        Admission admission = Admission.allOf(admissions
                .orderedStream()
                .filter(one -> !(one instanceof Places))
                .toArray(Admission[]::new));
        List<AuthenticationMethod> found = methods.orderedStream().toList();
        OpenSockets.Builder sockets = OpenSockets.builder(
                        AuthenticationMethod.firstOf(found).admitting(admission))
                .settings(settings);
        rules.ifUnique(sockets::rules);
        return sockets.start();
    }

    @Bean
    @ConditionalOnMissingBean(name = "portcullisSessionEndpoints")
    ServletContextInitializer portcullisSessionEndpoints(
            PortcullisProperties properties, Sessions sessions, SessionTransport transport, FilterSettings settings) {
        SessionProperties.Endpoints at =
                SessionPaths.checked(properties.sessions().endpoints());
        return context -> {
            add(
                    context,
                    at.apiKeyLogin(),
                    LoginServlet.builder(sessions)
                            .transport(transport)
                            .settings(settings)
                            .build());
            add(context, at.webLogin(), login(sessions, LoginType.WEB, transport, settings));
            add(context, at.mobileLogin(), login(sessions, LoginType.MOBILE, transport, settings));
            add(
                    context,
                    at.logout(),
                    LogoutServlet.builder(sessions)
                            .transport(transport)
                            .settings(settings)
                            .build());
            String all = at.sessions();
            add(
                    context,
                    all.isEmpty() ? all : all + "/*",
                    SessionServlet.builder(sessions).settings(settings).build());
        };
    }

    private static Servlet login(
            Sessions sessions, LoginType type, SessionTransport transport, FilterSettings settings) {
        return UserLoginServlet.builder(sessions, type)
                .transport(transport)
                .settings(settings)
                .build();
    }

    /** A slash at the end makes no difference, as in the rules. */
    private static void add(ServletContext context, String path, Servlet servlet) {
        if (!path.isEmpty()) {
            ServletRegistration.Dynamic added = context.addServlet("portcullis " + path, servlet);
            added.addMapping(path);
            if (!path.endsWith("*")) {
                added.addMapping(path + "/");
            }
        }
    }
}
