package dev.portcullis.auth.example;

import dev.portcullis.auth.testkit.RequestSigner;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Signed requests that are let in, when they are, and how often. */
final class SignatureRows {

    private static final String ORDERS = ConsumptionRows.ORDERS;
    private static final String ORDER = ConsumptionRows.ORDER;
    private static final String ACCOUNT = "user_tour_signs";
    private static final String OUTSIDE = "Request timestamp is outside the allowed window.";
    private static final String USED = "Request signature was already used.";

    private final TourServers servers;
    private final TourTable table;
    private final RequestSigner signer;

    SignatureRows(TourServers servers, TourTable table) {
        this.servers = servers;
        this.table = table;
        this.signer = servers.signer(ACCOUNT);
    }

    void add() {
        addUse();
        addWindow();
        addReplay();
        addRoutes();
        addOutages();
    }

    private void addUse() {
        table.section("Signed requests: market data, balances and orders, with timestamp, fingerprint and signature");
        row(Ask.get("/v1/markets").signed(signer), Expected.status(200).withBody("Text-Prime"));
        row(Ask.get("/v1/balances").signed(signer), Expected.status(200).withBody(ACCOUNT));
        row(order(signer, 1), Expected.status(201).with("Location", "/v1/orders/1"));
        Ask open = Ask.get(ORDERS + "?status=open").signed(signer);
        row(open.about("the query is signed too"), Expected.status(200).withBody("\"id\":1"));
        row(Ask.get(ORDERS + "/1").signed(signer), Expected.status(200).withBody("\"status\":\"open\""));
        RequestSigner other = servers.signer("user_tour_signs_too");
        row(
                Ask.get(ORDERS + "/1").signed(other).about("another account's"),
                Expected.status(404).withBody("Not found."));
        row(Ask.of("DELETE", ORDERS + "/1").signed(signer), Expected.status(204));
        row(
                Ask.of("POST", ORDERS + "?dry=1").json(ORDER).signed(signer),
                Expected.status(200).withBody("\"status\":\"dry\""));
        row(
                Ask.get("/api/v1/api-keys/self/").signed(signer).about("about itself"),
                Expected.status(200).withBody("\"kind\":\"signature\"").withBody(ACCOUNT));
        String plain = "{\"market\":\"Text-Prime\",\"side\":\"buy\"}";
        row(
                Ask.of("POST", ORDERS).json(plain).signed(signer).about("fields are missing"),
                Expected.status(400).withBody("Field 'price'"));
    }

    /** Of another size each time, for two that are the same are one. */
    private static Ask order(RequestSigner by, int size) {
        return Ask.of("POST", ORDERS)
                .json(ORDER.replace("\"size\":1", "\"size\":" + size))
                .signed(by);
    }

    private void addWindow() {
        table.section("Within 30 seconds of the server's time either way, at a server whose clock stands still");
        Expected told =
                Expected.rejected(OUTSIDE).with("X-Server-Time", Long.toString(TourServers.NOW.getEpochSecond()));
        for (int seconds : new int[] {-30, 0, 30}) {
            stopped(at(seconds).about(seconds + " s"), Expected.status(200));
        }
        for (int seconds : new int[] {-31, 31, -86_400}) {
            stopped(at(seconds).about(seconds + " s"), told);
        }
        stopped(
                Ask.get("/v1/time"),
                Expected.status(200).withBody(Pattern.quote("{\"time\":" + TourServers.NOW.getEpochSecond() + "}")));
        RequestSigner unknown = servers.signer(ACCOUNT).clock(clockAt(-31));
        stopped(
                Ask.get(ORDERS + "?a")
                        .headers(unknown.sign("GET", ORDERS, new byte[0]))
                        .about("-31 s, and a wrong signature"),
                Expected.rejected("Invalid request signature."));
    }

    private static InstantSource clockAt(int seconds) {
        return InstantSource.fixed(TourServers.NOW.plusSeconds(seconds));
    }

    private Ask at(int seconds) {
        return Ask.get(ORDERS).signed(signer.clock(clockAt(seconds)));
    }

    private void addReplay() {
        table.section("What can change something is let in once; what cannot, again");
        Expected used = Expected.rejected(USED);
        Ask order = order(signer, 2);
        row(order, Expected.status(201));
        row(order.about("the same again"), used);
        row(order.line("X-Forwarded-For: 192.0.2.1").about("again, with another header that is not signed"), used);
        row(
                order(signer.clock(clockNow(-10)), 2).about("the same order, signed at another time"),
                Expected.status(201));
        Ask cancel = Ask.of("DELETE", ORDERS + "/2").signed(signer);
        row(cancel, Expected.status(204));
        row(cancel.about("the same again"), used);
        Ask read = Ask.get(ORDERS).signed(signer);
        row(read, Expected.status(200));
        row(read.about("the same again"), Expected.status(200));
        Ask failed = Ask.of("POST", ORDERS).json("{}").signed(signer);
        row(failed, Expected.status(400));
        row(failed.about("again, though it came to nothing"), used);
        Ask late = order(signer.clock(clockAt(-30)), 3);
        stopped(late.about("as late as can be"), Expected.status(201));
        stopped(late.about("the same again"), used);
    }

    private static InstantSource clockNow(int seconds) {
        return () -> InstantSource.system().instant().plusSeconds(seconds);
    }

    private void addRoutes() {
        table.section("A trading key is a credential like every other: permissions, accounts, sockets, words");
        RequestSigner reader = servers.signer(ACCOUNT, "catalog:read");
        row(Ask.get("/api/v1/leagues/").signed(reader).about("catalog:read"), Expected.status(200));
        row(Ask.get("/api/v1/leagues/").signed(signer).about("no scopes"), Expected.missing("catalog:read"));
        row(Ask.get("/health").signed(signer).about("an open route"), Expected.status(200));
        row(
                Ask.get("/api/v1/api-keys/self/").signed(signer).about("what it is"),
                Expected.status(200).withBody("\"kind\":\"signature\",\"id\":\"[0-9a-f-]{36}\""));
        row(
                Ask.get("/health")
                        .headers(signer.sign("GET", ORDERS, new byte[0]))
                        .about("an open route"),
                Expected.rejected("Invalid request signature."));
        Ask upgrade = Ask.get(SessionRows.STREAM).upgrade().signed(signer);
        row(upgrade.about("what lasts cannot be signed"), Expected.forbidden(TourServers.OTHER_KIND));
        servers.kept.accounts().suspend(ACCOUNT, true);
        row(Ask.get(ORDERS).signed(signer).about("suspended"), Expected.forbidden("Account is suspended."));
        servers.kept.accounts().suspend(ACCOUNT, false);
        row(Ask.get(ORDERS).signed(signer).about("lifted"), Expected.status(200));
        Ask wrong = Ask.get(ORDERS).headers(signer.sign("GET", "/v1/markets", new byte[0]));
        String described = "Bearer error=\"invalid_token\", error_description=\"Invalid request signature\"";
        table.row(
                servers.coded,
                wrong.about("as a code"),
                Expected.body(
                                401,
                                "{\"code\": 1000, \"message\": \"You need to authenticate prior to using this"
                                        + " functionality\", \"status\": 401}")
                        .challenged(described));
        table.row(
                servers.coded,
                Ask.get(ORDERS).json("{}").signed(signer).about("a body, as a code"),
                Expected.body(
                        400,
                        "{\"code\": 1003, \"message\": \"Request could not be processed due to malformed syntax\","
                                + " \"status\": 400}"));
        table.row(
                servers.problems,
                wrong.about("as a problem"),
                Expected.rejected("Invalid request signature.").asProblem());
    }

    private void addOutages() {
        table.section("503: keys that cannot be asked for, and requests that cannot be remembered");
        Expected unavailable = Expected.unavailable("API key store is unavailable.");
        Ask read = Ask.get("/api/v1/api-keys/self/").signed(signer);
        table.row(servers.withFailingStore, read.about("the store of signing keys fails"), unavailable);
        table.row(servers.withoutStore, order(signer, 4).about("no memory"), unavailable);
        table.row(servers.withoutStore, Ask.get("/v1/markets").signed(signer).about("no need"), Expected.status(200));
    }

    private void stopped(Ask ask, Expected expected) {
        table.row(servers.stopped, ask, expected);
    }

    private @Nullable Answer row(Ask ask, Expected expected) {
        return table.row(servers.main, ask, expected);
    }
}
