package dev.portcullis.auth.spring;

import static dev.portcullis.auth.spring.Contexts.RULES;
import static dev.portcullis.auth.spring.Contexts.assertFailed;
import static dev.portcullis.auth.spring.Contexts.runner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.KeyJudge;
import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.account.InMemoryAccountStore;
import dev.portcullis.auth.session.InMemorySessionStore;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.SessionAuthentication;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.session.SessionTransport;
import dev.portcullis.auth.session.Sessions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** What stands under {@code portcullis.sessions} and {@code portcullis.accounts}. */
class SessionSettingsTest {

    private static WebApplicationContextRunner keys(String... properties) {
        return runner().withPropertyValues(RULES, "portcullis.api-keys.store=memory")
                .withPropertyValues(properties);
    }

    private static WebApplicationContextRunner sessions(String... properties) {
        return keys("portcullis.sessions.enabled=true").withPropertyValues(properties);
    }

    @Test
    void sessions_are_there_where_they_are_asked_for() {
        keys().run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(SessionAuthentication.class)
                .doesNotHaveBean(Sessions.class)
                .doesNotHaveBean(SessionStore.class)
                .doesNotHaveBean(AccountStore.class));
        sessions()
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(SessionAuthentication.class)
                        .hasSingleBean(Sessions.class)
                        .hasSingleBean(InMemorySessionStore.class));
        keys("portcullis.accounts.store=memory")
                .run(context -> assertThat(context).hasSingleBean(InMemoryAccountStore.class));
    }

    @ParameterizedTest
    @CsvSource({
        "cookie, a b, must be a token, Correct",
        "account-header, X:Y, must be a token, Correct",
        "lifetimes.api-key, 0s, from a second, Correct",
        "lifetimes.web, 401d, to 400 days, Correct",
        "lifetimes.mobile, 1ms, from a second, Correct",
        "maximum-sessions, 0, at least 1, Correct",
        "limits.per-address, 0, at least 1, Correct",
        "limits.per-key, -1, at least 1, Correct",
        "endpoints.api-key-login, login, is not a path, from its first slash",
        "endpoints.web-login, /web/**, is not a path, from its first slash",
        "endpoints.mobile-login, //a, is not a path, from its first slash",
        "endpoints.sessions, /auth/../x, is not a path, from its first slash",
        "endpoints.logout, /auth/api_key/login/, is the same as, another path",
        "endpoints.hosts, a b, In the rule, Correct",
        "enabled, on, is neither true nor false, one of them"
    })
    void what_is_wrong_stops_the_start(String name, String value, String problem, String remedy) {
        String property = "portcullis.sessions." + name;
        sessions(property + "=" + value).run(context -> assertFailed(context, property, problem, remedy));
    }

    @Test
    void settings_without_sessions_are_refused() {
        keys("portcullis.sessions.lifetimes.web=1d")
                .run(context -> assertFailed(
                        context, "portcullis.sessions", "are not let in", "portcullis.sessions.enabled=true"));
        keys("portcullis.sessions.enabled=false", "portcullis.sessions.lifetimes.web=1d")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Sessions.class));
    }

    /** A route of its own that one of the endpoints has already. */
    @Test
    void a_rule_for_the_path_of_an_endpoint_is_refused() {
        sessions("portcullis.rules[0].path=/auth/logout", "portcullis.rules[0].anonymous=true")
                .withPropertyValues("portcullis.rules[0].methods=POST")
                .run(context -> assertFailed(context, "portcullis.rules", "equally well", "Correct"));
    }

    @Test
    void a_store_that_there_is_not_is_refused_with_those_that_there_are() {
        for (String property : List.of("sessions.store", "sessions.limits.store", "accounts.store")) {
            sessions("portcullis." + property + "=cassandra")
                    .run(context -> assertThat(context)
                            .getFailure()
                            .hasStackTraceContaining("portcullis." + property)
                            .hasStackTraceContaining("cassandra"));
        }
    }

    /** It would leave a limit or a lifetime as it is in silence. */
    @Test
    void what_a_bean_of_the_applications_own_does_not_read_is_refused() {
        assertUnread(SessionStore.class, new InMemorySessionStore(), "sessions.store=memory", "sessions.store");
        assertUnread(SessionTransport.class, SessionTransport.usual(), "sessions.cookie=a", "sessions.cookie");
        assertUnread(
                SessionTransport.class,
                SessionTransport.usual(),
                "sessions.account-header=a",
                "sessions.account-header");
        assertUnread(LoginLimits.class, LoginLimits.none(), "sessions.limits.per-key=1", "sessions.limits");
        Sessions own = Sessions.builder()
                .store(new InMemorySessionStore())
                .keys(KeyJudge.ofNoKeys())
                .build();
        assertUnread(Sessions.class, own, "sessions.lifetimes.web=1d", "sessions.lifetimes");
        assertUnread(Sessions.class, own, "sessions.maximum-sessions=1", "sessions.maximum-sessions");
        assertUnread(AccountStore.class, new InMemoryAccountStore(), "accounts.store=memory", "accounts.store");
    }

    private static <T> void assertUnread(Class<T> type, T own, String setting, String property) {
        sessions().withBean(type, () -> own).run(context -> assertThat(context).hasNotFailed());
        sessions("portcullis." + setting)
                .withBean(type, () -> own)
                .run(context -> assertFailed(
                        context,
                        "portcullis." + property,
                        "a " + type.getSimpleName() + " bean of its own",
                        "Remove one"));
    }
}
