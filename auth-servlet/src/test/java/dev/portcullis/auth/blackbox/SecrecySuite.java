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
interface SecrecySuite extends BlackBox {

    @Test
    default void noCredentialGetsIntoALogAnEventOrAnAnswer() {
        Logger ours = (Logger) LoggerFactory.getLogger("dev.portcullis");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Level before = ours.getLevel();
        ours.setLevel(Level.TRACE);
        ours.setAdditive(false);
        ours.addAppender(log);
        log.start();
        server().witness().takeAll();
        StringBuilder told = new StringBuilder();
        List<String> secrets = new ArrayList<>();
        try {
            for (Credentials.Row row : rows()) {
                row.headers().forEach(line -> secrets.addAll(secretsIn(line)));
                for (App app : List.of(Deployment.REAL, Deployment.REAL_DECLARED, Deployment.OUTAGE)) {
                    told.append(ask(app, row.on(Ask.get("/api/v1/leagues/1")))).append('\n');
                    told.append(ask(app, row.on(Ask.get("/thrown/runtime")))).append('\n');
                }
            }
        } finally {
            ours.detachAppender(log);
            ours.setLevel(before);
            ours.setAdditive(true);
        }
        server().witness().takeAll().forEach(event -> told.append(event).append('\n'));
        assertThat(log.list).as("an outage is logged").isNotEmpty();
        for (ILoggingEvent event : List.copyOf(log.list)) {
            told.append(event.getFormattedMessage())
                    .append(event.getMDCPropertyMap())
                    .append('\n');
            told.append(ThrowableProxyUtil.asString(event.getThrowableProxy())).append('\n');
        }
        String all = told.toString();
        assertThat(secrets)
                .hasSizeGreaterThan(200)
                .allSatisfy(
                        secret -> assertThat(all.contains(secret)).as(secret).isFalse());
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
