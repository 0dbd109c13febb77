package dev.portcullis.auth.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** "Logs, exceptions, toString and metrics hold no token, key or hash: a test greps for them." */
public interface SecrecySuite extends BlackBox {

    @Test
    default void noCredentialGetsIntoALogAnEventOrAnAnswer() {
        List<Credentials.Row> rows = rows();
        StringBuilder told = new StringBuilder();
        server().witness().takeAll();
        List<ILoggingEvent> log = logOf(() -> rows.forEach(row -> told.append(answersTo(row))));
        server().witness().takeAll().forEach(event -> told.append(event).append('\n'));
        for (ILoggingEvent event : log) {
            told.append(event.getFormattedMessage()).append(event.getMDCPropertyMap());
            told.append(ThrowableProxyUtil.asString(event.getThrowableProxy())).append('\n');
        }
        String all = told.toString();
        List<String> secrets = rows.stream()
                .flatMap(row -> row.headers().stream())
                .flatMap(line -> secretsIn(line).stream())
                .toList();
        assertThat(log).as("the outage is logged").isNotEmpty();
        assertThat(secrets)
                .hasSizeGreaterThan(200)
                .allSatisfy(
                        secret -> assertThat(all.contains(secret)).as(secret).isFalse());
    }

    private static List<ILoggingEvent> logOf(Runnable action) {
        Logger ours = (Logger) LoggerFactory.getLogger("dev.portcullis");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        ours.setLevel(Level.TRACE);
        ours.setAdditive(false);
        ours.addAppender(log);
        try {
            action.run();
        } finally {
            ours.detachAppender(log);
            ours.setAdditive(true);
            ours.setLevel(null);
        }
        return List.copyOf(log.list);
    }

    private String answersTo(Credentials.Row row) {
        StringBuilder answers = new StringBuilder();
        for (App app : List.of(Deployment.REAL, Deployment.REAL_DECLARED, Deployment.OUTAGE)) {
            answers.append(ask(app, row.on(Ask.get("/api/v1/leagues/1")))).append('\n');
            answers.append(ask(app, row.on(Ask.get("/thrown/runtime")))).append('\n');
        }
        return answers.toString();
    }

    private List<Credentials.Row> rows() {
        List<Credentials.Row> rows = new ArrayList<>(Credentials.rejected(server().trust()));
        rows.addAll(Credentials.tooOld(server().trust()));
        rows.addAll(Credentials.good(server().trust(), "catalog:read"));
        return rows;
    }

    /** What must not be seen of a credential: itself, what signs it, and its hash in the usual spellings. */
    private static List<String> secretsIn(String line) {
        String credential = line.replaceFirst("^[^:]*:\\s*(?i:bearer)?\\s*", "").strip();
        List<String> secrets = new ArrayList<>();
        if (credential.length() < 16) {
            return secrets;
        }
        secrets.add(credential);
        if (credential.startsWith("grd_") && credential.length() > 20) {
            // The display prefix may be shown: grd_{env}_{first 8 hex}
            secrets.add(credential.substring(17));
        }
        String signature = credential.substring(credential.lastIndexOf('.') + 1);
        if (signature.length() > 40) {
            secrets.add(signature);
        }
        byte[] hash = hash(credential);
        secrets.add(HexFormat.of().formatHex(hash));
        secrets.add(HexFormat.of().withUpperCase().formatHex(hash));
        secrets.add(Base64.getEncoder().withoutPadding().encodeToString(hash));
        secrets.add(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        return secrets;
    }

    private static byte[] hash(String credential) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(credential.getBytes(StandardCharsets.ISO_8859_1));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
