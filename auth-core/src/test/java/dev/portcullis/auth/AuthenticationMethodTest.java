package dev.portcullis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Methods in a row, and methods that are listened to. */
class AuthenticationMethodTest {

    private static final AuthRequest REQUEST = SentHeaders.of("authorization", "Bearer hidden");
    private static final Caller CALLER =
            Caller.of(CredentialKind.API_KEY, "user_1", Set.of("a"), Map.of("key_id", "1"));
    private static final AuthenticationMethod NOT_APPLICABLE = request -> Outcome.notApplicable();
    private static final AuthenticationMethod GOOD = request -> Outcome.authenticated(CALLER);
    private static final AuthenticationMethod BAD =
            request -> Outcome.rejected(Reason.MALFORMED_API_KEY, CredentialKind.API_KEY);
    private static final AuthenticationMethod DOWN = request -> {
        throw new AuthUnavailableException(Reason.SIGNING_KEYS_UNAVAILABLE, Duration.ofSeconds(3));
    };
    private static final AuthenticationMethod NEVER_ASKED = request -> {
        throw new AssertionError("asked although another method had decided");
    };

    private final List<AuthEvent> events = new ArrayList<>();

    private static Outcome first(AuthenticationMethod... methods) {
        return AuthenticationMethod.firstOf(methods).authenticate(REQUEST);
    }

    // In a row

    /** "The first class that does not answer 'not applicable' decides." */
    @Test
    void the_first_method_that_applies_decides() {
        assertThat(first(NOT_APPLICABLE, GOOD, NEVER_ASKED)).isEqualTo(Outcome.authenticated(CALLER));
        assertThat(first(GOOD, NEVER_ASKED)).isEqualTo(Outcome.authenticated(CALLER));
        assertThat(first(NOT_APPLICABLE, NOT_APPLICABLE)).isSameAs(Outcome.notApplicable());
        assertThat(AuthenticationMethod.firstOf(List.of(NOT_APPLICABLE, GOOD)).authenticate(REQUEST))
                .isEqualTo(Outcome.authenticated(CALLER));
    }

    /** "A rejected grd_ token never falls through to the JWT class." */
    @Test
    void a_rejected_credential_is_never_shown_to_the_next_method() {
        assertThat(first(NOT_APPLICABLE, BAD, NEVER_ASKED))
                .isEqualTo(new Outcome.Rejected(Reason.MALFORMED_API_KEY, CredentialKind.API_KEY));
    }

    /** "More than one credential was sent." A method that knows its headers is asked first, whatever stands around it. */
    @Test
    void a_method_that_the_request_names_is_asked_first_whatever_stands_around_it() {
        AuthenticationMethod named = new AuthenticationMethod() {
            @Override
            public Outcome authenticate(AuthRequest request) {
                return BAD.authenticate(request);
            }

            @Override
            public boolean isNamedBy(AuthRequest request) {
                return true;
            }
        };
        PermissionRules none = PermissionRules.builder().build();
        List<AuthenticationMethod> wrapped = List.of(
                named,
                AuthenticationMethod.firstOf(NOT_APPLICABLE, named),
                named.admitting(Admission.everyone()),
                named.exceptOn(none),
                named.observedBy(events::add));
        assertThat(wrapped)
                .allSatisfy(method -> assertThat(first(NEVER_ASKED, method))
                        .isEqualTo(new Outcome.Rejected(Reason.MALFORMED_API_KEY, CredentialKind.API_KEY)));
    }

    @Test
    void nothing_that_stands_around_a_method_makes_it_named() {
        PermissionRules none = PermissionRules.builder().build();
        List<AuthenticationMethod> wrapped = List.of(
                AuthenticationMethod.firstOf(GOOD, GOOD),
                GOOD.admitting(Admission.everyone()),
                GOOD.exceptOn(none),
                GOOD.observedBy(events::add));
        assertThat(wrapped).noneMatch(method -> method.isNamedBy(REQUEST));
    }

    @Test
    void a_method_is_not_asked_on_routes_that_are_excepted() {
        PermissionRules open = PermissionRules.builder()
                .rule("GET", "/open", Requirement.anyone())
                .build();
        assertThat(NEVER_ASKED.exceptOn(open).authenticate(new BareRequest("GET", "/open")))
                .isSameAs(Outcome.notApplicable());
        assertThat(GOOD.exceptOn(open).authenticate(new BareRequest("GET", "/other")))
                .isEqualTo(Outcome.authenticated(CALLER));
    }

    @Test
    void a_method_that_could_not_check_is_not_passed_over() {
        assertThatExceptionOfType(AuthUnavailableException.class)
                .isThrownBy(() -> first(NOT_APPLICABLE, DOWN, NEVER_ASKED));
    }

    @Test
    void methods_see_the_request_as_it_was_sent() {
        List<AuthRequest> seen = new ArrayList<>();
        first(
                request -> {
                    seen.add(request);
                    return Outcome.notApplicable();
                },
                GOOD);

        assertThat(seen).containsExactly(REQUEST);
    }

    @Test
    void no_method_at_all_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(AuthenticationMethod::firstOf);
        assertThatIllegalArgumentException().isThrownBy(() -> AuthenticationMethod.firstOf(List.of()));
    }

    @Test
    void methods_cannot_be_exchanged_later() {
        AuthenticationMethod[] methods = {BAD};
        List<AuthenticationMethod> list = new ArrayList<>(Arrays.asList(methods));
        AuthenticationMethod fromArray = AuthenticationMethod.firstOf(methods);
        AuthenticationMethod fromList = AuthenticationMethod.firstOf(list);
        methods[0] = GOOD;
        list.set(0, GOOD);

        assertThat(fromArray.authenticate(REQUEST)).isInstanceOf(Outcome.Rejected.class);
        assertThat(fromList.authenticate(REQUEST)).isInstanceOf(Outcome.Rejected.class);
    }

    // Listened to

    @Test
    void every_outcome_is_told_once() {
        assertThat(GOOD.observedBy(events::add).authenticate(REQUEST)).isEqualTo(Outcome.authenticated(CALLER));
        assertThat(BAD.observedBy(events::add).authenticate(REQUEST)).isEqualTo(BAD.authenticate(REQUEST));
        assertThat(NOT_APPLICABLE.observedBy(events::add).authenticate(REQUEST)).isEqualTo(Outcome.notApplicable());

        assertThat(events)
                .extracting(AuthEvent::type, AuthEvent::reason, AuthEvent::kind, AuthEvent::subject)
                .containsExactly(
                        tuple(AuthEvent.Type.AUTHENTICATED, null, CredentialKind.API_KEY, "user_1"),
                        tuple(AuthEvent.Type.REJECTED, Reason.MALFORMED_API_KEY, CredentialKind.API_KEY, null),
                        tuple(AuthEvent.Type.NO_CREDENTIAL, null, null, null));
        assertThat(events)
                .allSatisfy(event -> assertThat(event.elapsed().isNegative()).isFalse());
    }

    /** "Could not check" is told, and stays what it is: neither "invalid" nor "let in". */
    @Test
    void an_outage_is_told_and_thrown_on() {
        Throwable thrown = catchThrowable(() -> DOWN.observedBy(events::add).authenticate(REQUEST));

        assertThat(thrown).isInstanceOfSatisfying(AuthUnavailableException.class, outage -> {
            assertThat(outage.reason()).isEqualTo(Reason.SIGNING_KEYS_UNAVAILABLE);
            assertThat(outage.retryAfter()).isEqualTo(Duration.ofSeconds(3));
        });
        assertThat(events).hasSize(1);
        assertThat(events.get(0).type()).isEqualTo(AuthEvent.Type.UNAVAILABLE);
        assertThat(events.get(0).reason()).isEqualTo(Reason.SIGNING_KEYS_UNAVAILABLE);
    }

    /** "Whatever exception it throws is logged and changes nothing for the request." */
    @Test
    void an_exception_of_a_listener_changes_nothing() {
        List<Exception> faults = List.of(new IllegalStateException("x"), new IOException("y"));
        Logger logger = (Logger) LoggerFactory.getLogger(AuthEvent.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        try {
            faults.forEach(AuthenticationMethodTest::assertUnmoved);
        } finally {
            logger.setAdditive(true);
            logger.detachAppender(log);
        }
        assertThat(log.list).hasSize(6).allSatisfy(entry -> {
            assertThat(entry.getLevel()).isEqualTo(Level.WARN);
            assertThat(entry.getFormattedMessage()).contains("listener").doesNotContain("hidden");
        });
    }

    private static void assertUnmoved(Exception fault) {
        AuthListener broken = event -> sneak(fault);
        assertThat(GOOD.observedBy(broken).authenticate(REQUEST)).isEqualTo(Outcome.authenticated(CALLER));
        assertThat(BAD.observedBy(broken).authenticate(REQUEST)).isEqualTo(BAD.authenticate(REQUEST));
        assertThatExceptionOfType(AuthUnavailableException.class)
                .isThrownBy(() -> DOWN.observedBy(broken).authenticate(REQUEST));
    }

    /** Other languages throw checked exceptions where Java would not let them. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void sneak(Throwable fault) throws T {
        throw (T) fault;
    }

    // Outcomes and events

    /** A credential is rejected with 401, or as one that cannot be checked as it was sent: 400, 413, 415. */
    @Test
    void neither_a_403_nor_a_503_reason_rejects_a_credential() {
        assertThat(Reason.values()).allSatisfy(reason -> {
            if (Set.of(400, 401, 413, 415).contains(reason.status())) {
                assertThat(Outcome.rejected(reason, null)).isEqualTo(new Outcome.Rejected(reason, null));
            } else {
                assertThatIllegalArgumentException().isThrownBy(() -> Outcome.rejected(reason, CredentialKind.JWT));
            }
        });
    }

    /** "The server's own trouble is never reported as the client's bad token." */
    @Test
    void only_a_503_reason_is_an_outage() {
        assertThat(Reason.values()).allSatisfy(reason -> {
            if (reason.status() == 503) {
                IllegalStateException cause = new IllegalStateException("host db-7 refused");
                AuthUnavailableException outage = new AuthUnavailableException(reason, Duration.ofSeconds(1), cause);
                assertThat(outage).hasCause(cause).hasMessage(reason.detail());
            } else {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> new AuthUnavailableException(reason, Duration.ofSeconds(1)));
            }
        });
    }

    @Test
    void a_decision_is_told_with_its_reason() {
        AuthEvent permitted = AuthEvent.of(new Decision.Permitted(), CALLER, 1_000);
        AuthEvent denied = AuthEvent.of(new Decision.Refused(Reason.NO_CREDENTIALS, Set.of()), null, 2_000);

        assertThat(permitted)
                .isEqualTo(new AuthEvent(
                        AuthEvent.Type.PERMITTED, null, CredentialKind.API_KEY, "user_1", Duration.ofNanos(1_000)));
        assertThat(denied)
                .isEqualTo(new AuthEvent(
                        AuthEvent.Type.DENIED, Reason.NO_CREDENTIALS, null, null, Duration.ofNanos(2_000)));
    }

    @Test
    void a_refusal_keeps_the_order_of_its_permissions() {
        Set<String> given = new LinkedHashSet<>(List.of("z", "a", "m"));
        Decision.Refused refused = new Decision.Refused(Reason.MISSING_PERMISSION, given);
        given.clear();

        assertThat(refused.required()).containsExactly("z", "a", "m");
    }
}
