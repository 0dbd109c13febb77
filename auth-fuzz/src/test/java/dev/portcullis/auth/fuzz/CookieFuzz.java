package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.AuthenticationMethod;
import dev.portcullis.auth.CredentialKind;
import dev.portcullis.auth.KeyJudge;
import dev.portcullis.auth.Outcome;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.session.InMemorySessionStore;
import dev.portcullis.auth.session.LoginType;
import dev.portcullis.auth.session.Session;
import dev.portcullis.auth.session.SessionAuthentication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The account's header in the first line, and a {@code Cookie} field in each of the others. */
public final class CookieFuzz {

    private static final String ACCOUNT = "user_1";
    private static final String ALIVE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    private static final String OVER = "_________________________________________w8";
    private static final int MOST = 8;

    private static final AuthenticationMethod METHOD = SessionAuthentication.builder()
            .store(store())
            .keys(KeyJudge.ofNoKeys())
            .clock(Tokens.CLOCK)
            .build();

    private CookieFuzz() {}

    private static InMemorySessionStore store() {
        InMemorySessionStore store = new InMemorySessionStore();
        store.add(session(1, ALIVE, Tokens.NOW.plus(Duration.ofDays(1))), 10);
        store.add(session(2, OVER, Tokens.NOW), 10);
        return store;
    }

    private static Session session(int number, String cookie, Instant end) {
        return new Session(
                new UUID(0x4000, Long.MIN_VALUE | number),
                SHA256.of(SecretText.of(cookie)),
                ACCOUNT,
                LoginType.WEB,
                CredentialKind.JWT,
                Set.of("catalog:read"),
                null,
                Tokens.NOW.minus(Duration.ofDays(1)),
                end);
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Bounds.isLetIn(bytes, CookieFuzz::isLetIn);
    }

    /** Whether it is let in; throws if that, or what is told, is not as it must be. */
    static boolean isLetIn(byte[] bytes) {
        List<String> lines = Input.lines(bytes);
        String account = Input.line(lines, 0);
        Sent request = Sent.with("x-grvt-account-id", account);
        List<String> ours = new ArrayList<>();
        for (String field : lines.subList(1, Math.max(1, Math.min(MOST, lines.size())))) {
            request.header("cookie", field);
            for (String pair : field.split(";", -1)) {
                String cookie = Input.trimmed(pair);
                if (cookie.startsWith("gravity=")) {
                    ours.add(cookie.substring("gravity=".length()));
                }
            }
        }
        Outcome outcome = METHOD.authenticate(request);
        boolean ourAccount = Input.trimmed(account).equals(ACCOUNT);
        if (outcome instanceof Outcome.Authenticated) {
            Input.require(ours.equals(List.of(ALIVE)), "it is let in by another cookie: " + ours.size());
            Input.require(ourAccount, "it is let in for another account");
        } else if (outcome instanceof Outcome.Rejected rejected) {
            boolean over = rejected.reason().detail().equals("Session has expired.");
            Input.require(over || rejected.reason().detail().equals("Invalid session."), "it is " + rejected.reason());
            Input.require(!over || ours.equals(List.of(OVER)), "that a session is over is told to somebody else");
            boolean alone = lines.size() == 2 && lines.get(1).equals("gravity=" + ALIVE);
            Input.require(!(ourAccount && alone), "a good session is not let in");
        } else {
            Input.require(false, "half of a session is passed on");
        }
        return outcome instanceof Outcome.Authenticated;
    }
}
