package dev.portcullis.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.portcullis.auth.Actor;
import dev.portcullis.auth.AuthEvent;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Contract section 4: "never the plaintext, and never in a log, an exception, an event or {@code toString}". */
class SecretsTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final WatchedStore store = new WatchedStore();
    private final APIKeys keys =
            APIKeys.builder().store(store).clock(() -> START).build();
    private final IssuedAPIKey issued =
            keys.issue("account-1", "CI", Environment.LIVE, Set.of("catalog:read"), START.plusSeconds(60));

    /** All that anybody could read. */
    private final List<String> shown = new ArrayList<>();

    @BeforeEach
    void listen() {
        root.setLevel(Level.TRACE);
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stop() {
        root.detachAppender(log);
        root.setLevel(level);
    }

    private void show(Object value) {
        shown.add(value.toString());
    }

    private void show(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        shown.add(text.toString());
    }

    private void showLog() {
        for (ILoggingEvent event : List.copyOf(log.list)) {
            shown.add(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                shown.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    }

    /** Nine digits in a row are one more than may be shown. */
    private void nothingOf(String secret) {
        String digits = secret.toLowerCase(Locale.ROOT);
        assertThat(shown).isNotEmpty();
        for (int i = 0; i + 9 <= digits.length(); i++) {
            String part = digits.substring(i, i + 9);
            assertThat(shown).noneMatch(text -> text.toLowerCase(Locale.ROOT).contains(part));
        }
    }

    private void nothingSecret() {
        nothingOf(issued.plaintext().substring("grd_live_".length()));
        nothingOf(HexFormat.of().formatHex(issued.key().hash().toBytes()));
    }

    @Test
    void no_toString_shows_a_key_or_its_hash() {
        show(issued);
        show(issued.key());
        show(issued.key().hash());
        show(issued.key().toBuilder());
        show(keys);
        show(APIKeys.builder().store(store));
        show(store.memory);
        try (APIKeyAuthentication method =
                APIKeyAuthentication.builder().store(store).clock(() -> START).build()) {
            show(method);
            Outcome outcome = method.authenticate(HeadersOnly.bearer(issued.plaintext()));
            show(outcome);
            show(((Outcome.Authenticated) outcome).caller().attributes());
            show(AuthEvent.of(outcome, 1));
        }
        nothingSecret();
        assertThat(shown.get(1))
                .isEqualTo("APIKey[" + issued.key().id() + ", " + issued.key().keyPrefix() + "]");
        assertThat(shown.get(0)).isEqualTo("IssuedAPIKey[" + shown.get(1) + ", plaintext=redacted]");
    }

    @Test
    void no_exception_shows_a_key_or_its_hash() {
        show(catchThrowable(() ->
                store.add(issued.key(), AddTerms.any(), new AuditNote(AuditAction.ISSUE, Actor.APPLICATION, START))));
        show(catchThrowable(() -> Environment.of(issued.plaintext())));
        show(catchThrowable(
                () -> issued.key().toBuilder().keyPrefix(issued.plaintext()).build()));
        show(catchThrowable(() -> keys.issue("a", issued.plaintext() + "\n", Environment.LIVE, Set.of(), null)));
        show(catchThrowable(() -> keys.issue("a", issued.plaintext().repeat(2), Environment.LIVE, Set.of(), null)));
        store.down = true;
        show(catchThrowable(() -> store.find(issued.key().hash())));
        nothingSecret();
    }

    @Test
    void no_log_shows_a_key_or_its_hash_whatever_happens() {
        store.beforeTouch = id -> {
            throw WatchedStore.outage();
        };
        APIKeyAuthentication method =
                APIKeyAuthentication.builder().store(store).clock(() -> START).build();
        AuthenticationMethod observed = method.observedBy(this::failOnce);
        String key = issued.plaintext();
        for (String sent :
                List.of(key, key + "0", key.replace("live", "test"), key.toUpperCase(Locale.ROOT), "x" + key)) {
            authenticate(observed, HeadersOnly.bearer(sent));
            authenticate(observed, HeadersOnly.header(sent));
            authenticate(observed, HeadersOnly.bearer(sent).key(key));
        }
        store.down = true;
        authenticate(observed, HeadersOnly.bearer(key));
        method.flush();
        store.down = false;
        store.beforeTouch = id -> {};
        method.close();
        showLog();
        assertThat(shown).anyMatch(text -> text.contains("The last use of API keys cannot be stored"));
        assertThat(shown).anyMatch(text -> text.contains("The listener"));
        nothingSecret();
    }

    private void failOnce(AuthEvent event) {
        shown.add(event.toString());
        if (shown.size() == 1) {
            throw new IllegalStateException("a listener that fails");
        }
    }

    private void authenticate(AuthenticationMethod method, AuthRequest request) {
        try {
            show(method.authenticate(request));
        } catch (AuthUnavailableException e) {
            show(e);
        }
    }
}
