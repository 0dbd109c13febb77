package dev.portcullis.auth.servlet.session;

import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Caller;
import dev.portcullis.auth.Decision;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.PermissionRules;
import dev.portcullis.auth.Reason;
import dev.portcullis.auth.servlet.FilterSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes open sockets when what they were opened with no longer works: a session that was ended or is over, a key that was
 * revoked, a suspended account. The filters judge the upgrade and nothing after it; this judges the same credential again
 * and again, twice a second unless set, so that a socket is closed within the time in which a request would be refused, and
 * half a second.
 *
 * <p>A socket whose credential cannot be checked stays open for a time of patience, five minutes unless set, as copies of
 * keys do; then it is closed, for its client to come back later. Addresses are not looked at again, for a connection keeps
 * its own: give the method without {@link dev.portcullis.auth.place.Places}, but with
 * {@link dev.portcullis.auth.account.Accounts}.
 *
 * <p>With {@code jakarta.websocket}, {@code HandshakeRequest.getHeaders()} has what {@link #watch(String, Map, Closer)} needs.
 */
public final class OpenSockets implements AutoCloseable {

    /** The close code (RFC 6455 section 7.4.2) for a session or key that no longer works. */
    public static final int ENDED = 4401;

    /** The close code for a permission that is no longer held. */
    public static final int NOT_PERMITTED = 4403;

    /** The close code, "try again later", for a credential that could not be checked for too long. */
    public static final int UNAVAILABLE = 1013;

    private static final Logger LOG = LoggerFactory.getLogger(OpenSockets.class);

    private static final int CLOSING_THREADS = 8;
    private static final int IDLE_SECONDS = 5;

    private final AuthenticationMethod method;
    private final @Nullable PermissionRules rules;
    private final FilterSettings settings;
    private final long patience;
    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService checking;
    private final ThreadPoolExecutor closing;

    private OpenSockets(Builder settings) {
        this.method = settings.method;
        this.rules = settings.rules;
        this.settings = settings.shared;
        this.patience = settings.patience.toNanos();
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads("portcullis-sockets"));
        long nanos = settings.interval.toNanos();
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(this::check, nanos, nanos, TimeUnit.NANOSECONDS);
        this.checking = timer;
        this.closing = new ThreadPoolExecutor(
                CLOSING_THREADS,
                CLOSING_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                threads("portcullis-closing"));
        closing.allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory threads(String name) {
        return task -> {
            Thread made = new Thread(null, task, name, 0, false);
            made.setDaemon(true);
            made.setContextClassLoader(OpenSockets.class.getClassLoader());
            return made;
        };
    }

    /** Closes one socket, in the way of the library that has it. */
    @FunctionalInterface
    public interface Closer {

        /**
         * Closes it.
         *
         * @param code the close code, {@link #ENDED}, {@link #NOT_PERMITTED} or {@link #UNAVAILABLE}
         * @param reason one of the details of {@link Reason}, in at most 123 bytes
         * @throws IOException if it cannot be closed, because it is closed already
         */
        void close(int code, String reason) throws IOException;
    }

    /** A socket that is being watched. */
    @FunctionalInterface
    public interface Watch extends AutoCloseable {

        /** Ends the watch: the socket is closed. */
        @Override
        void close();
    }

    /**
     * Begins a watch over sockets.
     *
     * @param method how the callers of sockets are found out
     * @return a builder with every other setting at its default
     */
    public static Builder builder(AuthenticationMethod method) {
        return new Builder(method);
    }

    /**
     * Watches a socket that was opened.
     *
     * @param path the path of its handshake, below the context path and still encoded
     * @param headers the headers of its handshake; copied
     * @param closer closes it
     * @return the watch, to be ended when the socket is closed
     */
    public Watch watch(String path, Map<String, List<String>> headers, Closer closer) {
        return watch(new Handshake(path, headers), closer);
    }

    /**
     * Watches a socket that was opened.
     *
     * @param handshake its handshake, of which nothing may change later
     * @param closer closes it
     * @return the watch, to be ended when the socket is closed
     */
    public Watch watch(AuthRequest handshake, Closer closer) {
        Watched socket = new Watched(handshake, closer);
        watched.add(socket);
        return () -> watched.remove(socket);
    }

    /** An open socket. Two are never equal, whoever has opened them. */
    private static final class Watched {

        private final AuthRequest handshake;
        private final Closer closer;
        private volatile long judgedAt = System.nanoTime();

        Watched(AuthRequest handshake, Closer closer) {
            this.handshake = handshake;
            this.closer = closer;
        }
    }

    /**
     * How many sockets are being watched.
     *
     * @return the number
     */
    public int size() {
        return watched.size();
    }

    /** Judges all sockets now, and has those closed that must be. */
    public void check() {
        watched.forEach(socket -> {
            try {
                judge(socket);
                socket.judgedAt = System.nanoTime();
            } catch (AuthUnavailableException e) {
                LOG.debug("An open socket cannot be judged for now", e);
                closeIfUnjudged(socket, e.reason());
            } catch (Exception e) { // also a checked one, as other languages let a method throw
                LOG.warn("An open socket cannot be judged", e);
                closeIfUnjudged(socket, Reason.SESSION_STORE_UNAVAILABLE);
            }
        });
    }

    private void closeIfUnjudged(Watched socket, Reason reason) {
        long since = System.nanoTime() - socket.judgedAt;
        if (since > patience) {
            close(socket, UNAVAILABLE, reason, AuthEvent.unavailable(reason, since));
        }
    }

    private void judge(Watched socket) {
        long start = System.nanoTime();
        Outcome outcome = method.authenticate(socket.handshake);
        AuthEvent event = AuthEvent.of(outcome, System.nanoTime() - start);
        if (outcome instanceof Outcome.Authenticated authenticated) {
            Caller caller = authenticated.caller();
            Decision decision = rules == null ? null : rules.decide(caller, socket.handshake);
            if (decision instanceof Decision.Refused refused) {
                AuthEvent denied = AuthEvent.of(refused, caller, System.nanoTime() - start);
                close(socket, NOT_PERMITTED, refused.reason(), denied);
            }
        } else if (outcome instanceof Outcome.Rejected rejected) {
            close(socket, ENDED, rejected.reason(), event);
        } else if (outcome instanceof Outcome.Refused refused) {
            close(socket, ENDED, refused.reason(), event);
        } else {
            close(socket, ENDED, Reason.NO_CREDENTIALS, event);
        }
    }

    /** By other threads: a client that reads nothing must not keep the sockets of others open. */
    private void close(Watched socket, int code, Reason reason, AuthEvent event) {
        if (watched.remove(socket)) {
            settings.tell(event);
            String words = settings.closingWords(socket.handshake.path(), reason);
            closing.execute(() -> {
                try {
                    socket.closer.close(code, words);
                } catch (Exception e) {
                    LOG.debug("A socket was closed already", e);
                }
            });
        }
    }

    /** Ends all watches. The sockets are for the container to close. */
    @Override
    public void close() {
        checking.shutdownNow();
        watched.clear();
        closing.shutdown();
    }

    /** The settings of {@link OpenSockets}. */
    public static final class Builder {

        private static final Duration SHORTEST = Duration.ofMillis(10);
        private static final Duration LONGEST = Duration.ofMinutes(1);
        private static final Duration MOST_PATIENCE = Duration.ofDays(1);

        private final AuthenticationMethod method;
        private @Nullable PermissionRules rules;
        private FilterSettings shared = FilterSettings.builder().build();
        private Duration interval = Duration.ofMillis(500);
        private Duration patience = Duration.ofMinutes(5);

        private Builder(AuthenticationMethod method) {
            this.method = method;
        }

        /**
         * What the routes of sockets require. It is not looked at again unless set.
         *
         * @param required the rules that the {@link dev.portcullis.auth.servlet.PermissionFilter} has
         * @return this builder
         */
        public Builder rules(PermissionRules required) {
            this.rules = required;
            return this;
        }

        /**
         * What the filters were given. The defaults unless set.
         *
         * @param given the settings, of which the error formats and the listener count here: where bodies are opaque, so is
         *     what a socket is closed with, and the listener is told why
         * @return this builder
         */
        public Builder settings(FilterSettings given) {
            this.shared = given;
            return this;
        }

        /**
         * How long after each judgement the next one comes.
         *
         * @param pause half a second unless given; from 10 milliseconds to a minute
         * @return this builder
         */
        public Builder interval(Duration pause) {
            this.interval = pause;
            return this;
        }

        /**
         * How long a socket stays open while its credential cannot be checked. After that it is closed with 1013.
         *
         * @param time 5 minutes unless given; up to a day, 0 for not at all
         * @return this builder
         */
        public Builder patience(Duration time) {
            this.patience = time;
            return this;
        }

        /**
         * Starts watching.
         *
         * @return the watch, with a thread of its own until it is closed
         * @throws IllegalArgumentException if the interval or the patience is out of range
         */
        public OpenSockets start() {
            if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("interval must be from 10 ms to a minute, not " + interval);
            }
            if (patience.isNegative() || patience.compareTo(MOST_PATIENCE) > 0) {
                throw new IllegalArgumentException("patience must be from 0 to a day, not " + patience);
            }
            return new OpenSockets(this);
        }
    }
}
