package dev.portcullis.auth.spring;

import dev.portcullis.auth.Admission;
import dev.portcullis.auth.KeyJudge;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.session.InMemoryRateLimit;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.SessionAuthentication;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.session.SessionTransport;
import dev.portcullis.auth.session.Sessions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of {@code portcullis.sessions} what lets sessions in, and what opens and ends them. */
final class SessionSettings {

    private static final String SESSIONS = "portcullis.sessions";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SessionProperties properties;

    SessionSettings(SessionProperties properties) {
        this.properties = properties;
    }

    SessionTransport transport() {
        SessionTransport transport = SessionTransport.usual();
        try {
            if (properties.cookie() != null) {
                transport = transport.cookie(properties.cookie());
            }
            return properties.accountHeader() == null ? transport : transport.accountHeader(properties.accountHeader());
        } catch (IllegalArgumentException e) {
            throw CoreSetting.wrongUnder(SESSIONS, e);
        }
    }

    SessionAuthentication authentication(SessionStore store, KeyJudge keys, SessionTransport transport) {
        return SessionAuthentication.builder()
                .store(store)
                .keys(keys)
                .transport(transport)
                .build();
    }

    LoginLimits limits(Places places) {
        SessionProperties.Limits limits = properties.limits();
        try {
            return LoginLimits.of(
                            InMemoryRateLimit.of(limits.perAddress(), MINUTE),
                            InMemoryRateLimit.of(limits.perKey(), MINUTE))
                    .client(places::clientOf);
        } catch (IllegalArgumentException e) {
            throw CoreSetting.wrong(e, SESSIONS + ".limits");
        }
    }

    Sessions sessions(SessionStore store, KeyJudge keys, Admission admission, LoginLimits limits) {
        Sessions.Builder sessions =
                Sessions.builder().store(store).keys(keys).admission(admission).limits(limits);
        SessionProperties.Lifetimes lifetimes = properties.lifetimes();
        lifetime(sessions, LoginType.API_KEY, lifetimes.apiKey());
        lifetime(sessions, LoginType.WEB, lifetimes.web());
        lifetime(sessions, LoginType.MOBILE, lifetimes.mobile());
        if (properties.maximumSessions() != null) {
            sessions.maximumSessions(properties.maximumSessions());
        }
        try {
            return sessions.build();
        } catch (IllegalArgumentException e) {
            boolean lifetime = String.valueOf(e.getMessage()).startsWith("lifetime");
            throw lifetime ? CoreSetting.wrong(e, SESSIONS + ".lifetimes") : CoreSetting.wrongUnder(SESSIONS, e);
        }
    }

    private static void lifetime(Sessions.Builder sessions, LoginType type, @Nullable Duration lifetime) {
        if (lifetime != null) {
            sessions.lifetime(type, lifetime);
        }
    }

    /** The login, which judges all that is sent to it by itself; null if there is none. */
    static @Nullable PermissionRules login(SessionProperties properties) {
        String path = properties.endpoints().apiKeyLogin();
        return !properties.enabled() || path.isEmpty()
                ? null
                : PermissionRules.builder()
                        .rule("POST", path, Requirement.anyone())
                        .build();
    }

    /** Who may get at the endpoints. */
    static void addRoutes(PermissionRules.Builder rules, SessionProperties properties) {
        SessionProperties.Endpoints endpoints = properties.endpoints();
        if (properties.enabled()) {
            add(rules, endpoints, "POST", endpoints.apiKeyLogin(), Requirement.anyone());
            for (String path : List.of(endpoints.webLogin(), endpoints.mobileLogin(), endpoints.logout())) {
                add(rules, endpoints, "POST", path, Requirement.signedIn());
            }
            String all = endpoints.sessions();
            add(rules, endpoints, "GET, DELETE", all.isEmpty() ? all : all + "/**", Requirement.signedIn());
        }
    }

    private static void add(
            PermissionRules.Builder rules,
            SessionProperties.Endpoints endpoints,
            String methods,
            String path,
            Requirement requirement) {
        if (!path.isEmpty()) {
            rules.ruleOn(endpoints.hosts(), methods, path, requirement);
        }
    }
}
