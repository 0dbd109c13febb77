package dev.portcullis.auth.spring;

import dev.portcullis.auth.Admission;
import dev.portcullis.auth.KeyJudge;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.place.Places;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.RateLimit;
import dev.portcullis.auth.session.SessionAuthentication;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.session.SessionTransport;
import dev.portcullis.auth.session.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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

    /** How a number of attempts in a period is made a limit. */
    @FunctionalInterface
    interface Limiting {
        RateLimit of(int attempts, Duration period);
    }

    LoginLimits limits(Places places, Limiting limiting) {
        SessionProperties.Limits limits = properties.limits();
        return LoginLimits.of(
                        limit("per-address", limits.perAddress(), limiting),
                        limit("per-key", limits.perKey(), limiting))
                .client(places::clientOf);
    }

    private static RateLimit limit(String name, int attempts, Limiting limiting) {
        try {
            return limiting.of(attempts, MINUTE);
        } catch (IllegalArgumentException e) {
            throw CoreSetting.wrong(e, SESSIONS + ".limits." + name);
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
            throw wrong(e);
        }
    }

    /** The core names a lifetime by its type. */
    private static SettingException wrong(IllegalArgumentException found) {
        for (LoginType type : LoginType.values()) {
            if (String.valueOf(found.getMessage()).startsWith("lifetime(" + type + ",")) {
                String name = type.name().toLowerCase(Locale.ROOT).replace('_', '-');
                return CoreSetting.wrong(found, SESSIONS + ".lifetimes." + name);
            }
        }
        return CoreSetting.wrongUnder(SESSIONS, found);
    }

    private static void lifetime(Sessions.Builder sessions, LoginType type, @Nullable Duration lifetime) {
        if (lifetime != null) {
            sessions.lifetime(type, lifetime);
        }
    }

    /** The login, which judges all that is sent to it by itself; null if there is none. */
    static @Nullable PermissionRules login(SessionProperties properties) {
        String path = SessionPaths.checked(properties.endpoints()).apiKeyLogin();
        return !properties.enabled() || path.isEmpty()
                ? null
                : PermissionRules.builder()
                        .rule("POST", path, Requirement.anyone())
                        .build();
    }

    /** Who may get at the endpoints. */
    static void addRoutes(PermissionRules.Builder rules, SessionProperties properties) {
        if (properties.enabled()) {
            SessionProperties.Endpoints endpoints = SessionPaths.checked(properties.endpoints());
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
