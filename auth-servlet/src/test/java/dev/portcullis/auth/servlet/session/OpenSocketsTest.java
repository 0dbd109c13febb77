package dev.portcullis.auth.servlet.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.Requirement;
import dev.portcullis.auth.servlet.ErrorFormat;
import dev.portcullis.auth.servlet.FilterSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** "a session or key that dies closes its open sockets within the published bound (code 4401)" */
final class OpenSocketsTest {

    private static final Duration NEVER = Duration.ofMinutes(1);

    private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
    private final Queue<String> closed = new ConcurrentLinkedQueue<>();
    private final AuthenticationMethod method =
            request -> outcomes.getOrDefault(request.headers("authorization").get(0), Outcome.notApplicable());
    private final PermissionRules rules = PermissionRules.builder()
            .rule("GET", "/ws/full", Requirement.allOf("account:read"))
            .build();
    private OpenSockets sockets =
            OpenSockets.builder(method).rules(rules).interval(NEVER).start();

    @AfterEach
    void close() {
        sockets.close();
    }

    private void holds(String who, String... permissions) {
        Caller caller = Caller.of(CredentialKind.API_KEY, who, List.of(permissions), Map.of());
        outcomes.put(who, Outcome.authenticated(caller));
    }

    private OpenSockets.Watch open(String who) {
        return sockets.watch(
                "/ws/full",
                Map.of("Authorization", List.of(who)),
                (code, reason) -> closed.add(who + " " + code + " " + reason));
    }

    private void assertClosed(String... expected) {
        await().untilAsserted(() -> assertThat(closed).containsExactlyInAnyOrder(expected));
    }

    @Test
    void sockets_are_closed_when_their_credential_dies() {
        for (String who : List.of("ended", "suspended", "gone", "narrowed", "alive")) {
            holds(who, "account:read");
            open(who);
        }
        sockets.check();
        assertThat(sockets.size()).isEqualTo(5);
        outcomes.put("ended", Outcome.rejected(Reason.INVALID_SESSION, CredentialKind.SESSION));
        outcomes.put("suspended", Outcome.refused(Reason.ACCOUNT_SUSPENDED, null));
        outcomes.remove("gone");
        holds("narrowed", "trade:write");
        sockets.check();
        assertClosed(
                "ended 4401 Invalid session.",
                "suspended 4401 Account is suspended.",
                "gone 4401 Authentication credentials were not provided.",
                "narrowed 4403 Token is missing one or more required permissions.");
        assertThat(sockets.size()).isEqualTo(1);
        sockets.check();
        assertThat(closed).hasSize(4);
    }

    /** Contract section 2: "The true reason goes to the log and the audit event." */
    @Test
    void where_bodies_are_opaque_the_listener_alone_is_told_why() {
        Queue<AuthEvent> told = new ConcurrentLinkedQueue<>();
        sockets.close();
        sockets = OpenSockets.builder(method)
                .rules(rules)
                .settings(FilterSettings.builder()
                        .errorFormatOn(ErrorFormat.OPAQUE, "/ws/**")
                        .listener(told::add)
                        .build())
                .interval(NEVER)
                .start();
        holds("narrowed", "trade:write");
        outcomes.put("ended", Outcome.rejected(Reason.API_KEY_REVOKED, CredentialKind.API_KEY));
        open("narrowed");
        open("ended");
        sockets.check();
        String words = "Your API Key is invalid or it does not have a permission for the requested action.";
        assertClosed("narrowed 4403 " + words, "ended 4401 " + words);
        assertThat(told)
                .extracting(AuthEvent::type, AuthEvent::reason, AuthEvent::subject)
                .containsExactlyInAnyOrder(
                        tuple(AuthEvent.Type.DENIED, Reason.MISSING_PERMISSION, "narrowed"),
                        tuple(AuthEvent.Type.REJECTED, Reason.API_KEY_REVOKED, null));
    }

    @Test
    void it_looks_by_itself() {
        sockets.close();
        sockets = OpenSockets.builder(method).interval(Duration.ofMillis(10)).start();
        holds("ended");
        open("ended");
        outcomes.put("ended", Outcome.rejected(Reason.API_KEY_REVOKED, CredentialKind.API_KEY));
        assertClosed("ended 4401 API key has been revoked.");
    }

    /** An outage, a bug, and a session that has ended. */
    private static Outcome troubled(AuthRequest request) {
        if (request.headers("authorization").contains("down")) {
            throw new AuthUnavailableException(Reason.API_KEY_STORE_UNAVAILABLE, Duration.ofSeconds(1));
        }
        if (request.headers("authorization").contains("broken")) {
            throw new IllegalStateException("A bug of the method");
        }
        return Outcome.rejected(Reason.INVALID_SESSION, CredentialKind.SESSION);
    }

    private void openWithTrouble(Duration patience) {
        sockets.close();
        sockets = OpenSockets.builder(OpenSocketsTest::troubled)
                .interval(NEVER)
                .patience(patience)
                .start();
        open("down");
        open("broken");
        open("ended");
        sockets.check();
    }

    @Test
    void what_cannot_be_checked_for_a_while_stays_open() {
        openWithTrouble(Duration.ofMinutes(5));
        assertClosed("ended 4401 Invalid session.");
        assertThat(sockets.size()).isEqualTo(2);
    }

    /** "Cannot check" is never "let in". */
    @Test
    void what_cannot_be_checked_for_too_long_is_closed() {
        openWithTrouble(Duration.ZERO);
        assertClosed(
                "ended 4401 Invalid session.",
                "down 1013 API key store is unavailable.",
                "broken 1013 API key store is unavailable.");
        assertThat(sockets.size()).isZero();
    }

    /** One client that reads nothing, and one whose socket is gone already. */
    @Test
    void a_socket_that_hangs_keeps_no_other_open() {
        CountDownLatch end = new CountDownLatch(1);
        sockets.watch("/ws/full", Map.of("authorization", List.of("x")), (code, reason) -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        sockets.watch("/ws/full", Map.of("authorization", List.of("x")), (code, reason) -> {
            throw new IOException("closed already");
        });
        open("z");
        sockets.check();
        assertClosed("z 4401 Authentication credentials were not provided.");
        end.countDown();
    }

    @Test
    void a_watch_that_has_ended_closes_nothing() {
        open("gone").close();
        assertThat(sockets.size()).isZero();
        sockets.check();
        open("gone");
        sockets.check();
        assertClosed("gone 4401 Authentication credentials were not provided.");
    }

    @Test
    void credentials_are_not_shown() {
        assertThat(new Handshake("/ws", Map.of("Cookie", List.of("gravity=secret"))))
                .hasToString("Handshake[/ws, headers=redacted]");
    }

    @Test
    void times_out_of_range_are_refused() {
        OpenSockets.Builder builder = OpenSockets.builder(method);
        assertThatThrownBy(() -> builder.interval(Duration.ofMillis(9)).start())
                .hasMessageStartingWith("interval must be");
        assertThatThrownBy(() -> builder.interval(Duration.ofMillis(60_001)).start())
                .hasMessageStartingWith("interval must be");
        OpenSockets.Builder patient = OpenSockets.builder(method);
        assertThatThrownBy(() -> patient.patience(Duration.ofNanos(-1)).start())
                .hasMessageStartingWith("patience must be");
        assertThatThrownBy(() -> patient.patience(Duration.ofDays(2)).start())
                .hasMessageStartingWith("patience must be");
        assertThatCode(() -> patient.patience(Duration.ofDays(1)).start().close())
                .doesNotThrowAnyException();
    }

    @Test
    void what_is_closed_watches_nothing() {
        open("anyone");
        sockets.close();
        assertThat(sockets.size()).isZero();
    }

    /** They keep neither the process nor an application that was undeployed. */
    @Test
    void sockets_are_closed_by_threads_of_our_own() {
        Queue<Thread> closing = new ConcurrentLinkedQueue<>();
        Thread.currentThread().setContextClassLoader(new ClassLoader(null) {});
        try {
            sockets.watch(
                    "/ws/full",
                    Map.of("authorization", List.of("x")),
                    (code, reason) -> closing.add(Thread.currentThread()));
            sockets.check();
            await().until(() -> !closing.isEmpty());
        } finally {
            Thread.currentThread().setContextClassLoader(OpenSocketsTest.class.getClassLoader());
        }
        assertThat(closing.element().isDaemon()).isTrue();
        assertThat(closing.element().getContextClassLoader()).isSameAs(OpenSockets.class.getClassLoader());
    }
}
