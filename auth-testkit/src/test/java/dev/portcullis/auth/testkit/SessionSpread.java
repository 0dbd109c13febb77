package dev.portcullis.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.auth.Admission;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.account.AccountStore;
import dev.portcullis.auth.account.Accounts;
import dev.portcullis.auth.apikey.APIKeyAuthentication;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.apikey.Environment;
import dev.portcullis.auth.apikey.IssuedAPIKey;
import dev.portcullis.auth.session.LoginLimits;
import dev.portcullis.auth.session.LoginOutcome;
import dev.portcullis.auth.session.OpenedSession;
import dev.portcullis.auth.session.SessionAuthentication;
import dev.portcullis.auth.session.SessionStore;
import dev.portcullis.auth.session.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how soon a session that one node puts an end to is let in no more on another: whole checks, of the session, the
 * key that opened it and the account. A check that cannot be made lets nobody in either. Not safe for use by several threads.
 *
 * <p>The times are shown; the published bound is 1 second. What is asserted is far above that, for a busy machine, and far
 * below the minute for which copies are good while changes are heard of. More rounds: {@code -Dportcullis.rounds=100}.
 */
public final class SessionSpread implements AutoCloseable {

    private static final int ROUNDS = Integer.getInteger("portcullis.rounds", 1);
    private static final Duration FAR_TOO_LONG = Duration.ofSeconds(20);

    private final Node here;
    private final Node there;
    private final AtomicInteger number = new AtomicInteger();

    /** How a session ends. */
    private enum Ending {
        /** By itself. */
        LOGOUT,
        /** With the key that opened it. */
        REVOCATION,
        /** As long as its account is suspended. */
        SUSPENSION
    }

    /** What a node has in front of what all share. */
    public static final class Node implements AutoCloseable {

        private final SessionStore sessions;
        private final AccountStore accounts;
        private final APIKeyStore keys;
        private final APIKeyAuthentication judge;
        private final SessionAuthentication method;
        private final Admission admission;

        /**
         * A node.
         *
         * @param sessions where it finds sessions
         * @param accounts where it finds how accounts stand
         * @param keys where it finds keys
         */
        public Node(SessionStore sessions, AccountStore accounts, APIKeyStore keys) {
            this.sessions = sessions;
            this.accounts = accounts;
            this.keys = keys;
            judge = APIKeyAuthentication.builder().store(keys).build();
            method = SessionAuthentication.builder().store(sessions).keys(judge).build();
            admission = Accounts.in(accounts);
        }

        private boolean letsIn(OpenedSession opened) {
            try {
                SessionRequest request = SessionRequest.with(opened);
                return method.authenticate(request) instanceof Outcome.Authenticated let
                        && admission.objection(let.caller(), request) == null;
            } catch (AuthUnavailableException e) {
                return false;
            }
        }

        @Override
        public void close() {
            judge.close();
        }
    }

    /**
     * Two nodes.
     *
     * @param here the one that opens sessions and ends them
     * @param there the one that is measured
     */
    public SessionSpread(Node here, Node there) {
        this.here = here;
        this.there = there;
    }

    /**
     * Ends sessions in every way, while all hear of changes and while the wire on which one hears of them is cut or dead.
     *
     * @param wire the wire of the node that is measured
     * @param awaitHearing waits until that node hears of changes
     */
    public void measure(CuttableWire wire, Runnable awaitHearing) {
        for (Ending ending : Ending.values()) {
            show(ending + ", all hear of changes", rounds(ending, () -> {}, wire, awaitHearing));
            show(ending + ", the wire is cut", rounds(ending, wire::cut, wire, awaitHearing));
            show(ending + ", the wire goes dead", rounds(ending, wire::die, wire, awaitHearing));
        }
    }

    private List<Duration> rounds(Ending ending, Runnable event, CuttableWire wire, Runnable awaitHearing) {
        List<Duration> times = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            awaitHearing.run();
            times.add(time(ending, event));
            wire.mend();
        }
        return times;
    }

    private static void show(String when, List<Duration> times) {
        Collections.sort(times);
        Duration longest = times.get(times.size() - 1);
        System.out.printf(
                "%s: in force after %d ms (longest %d ms of %d)%n",
                when, times.get(times.size() / 2).toMillis(), longest.toMillis(), times.size());
        assertThat(longest).isLessThan(FAR_TOO_LONG);
    }

    /**
     * Opens a session, uses it on the other node, and ends it.
     *
     * @param ending how
     * @param before done when the session has been used, just before it is ended
     * @return how long after that was answered the first request came that was not let in
     */
    private Duration time(Ending ending, Runnable before) {
        String account = "account-" + number.incrementAndGet();
        APIKeys issuer = APIKeys.builder().store(here.keys).build();
        IssuedAPIKey key = issuer.issue(account, "key", Environment.LIVE, Set.of(), null);
        OpenedSession opened = login(key);
        awaitThat(opened, true);
        before.run();
        switch (ending) {
            case LOGOUT -> here.sessions.end(account, opened.session().id());
            case REVOCATION -> issuer.revoke(key.key().id());
            case SUSPENSION -> here.accounts.suspend(account, true);
        }
        long answered = System.nanoTime();
        return Duration.ofNanos(awaitThat(opened, false) - answered);
    }

    private OpenedSession login(IssuedAPIKey key) {
        Sessions sessions = Sessions.builder()
                .store(here.sessions)
                .keys(here.judge)
                .limits(LoginLimits.none())
                .build();
        SecretText text = SecretText.of(key.plaintext());
        return ((LoginOutcome.Opened) sessions.login(text, SessionRequest.without())).opened();
    }

    /** When that was asked of which this is the answer. */
    private long awaitThat(OpenedSession opened, boolean letIn) {
        long asked = System.nanoTime();
        while (there.letsIn(opened) != letIn) {
            LockSupport.parkNanos(200_000);
            asked = System.nanoTime();
        }
        return asked;
    }

    @Override
    public void close() {
        here.close();
        there.close();
    }
}
