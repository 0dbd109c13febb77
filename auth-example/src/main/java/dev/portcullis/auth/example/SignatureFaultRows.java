package dev.portcullis.auth.example;

import dev.portcullis.auth.signature.Ed25519SecretKey;
import dev.portcullis.auth.testkit.RequestSigner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Signed requests that are refused, in the order in which that is decided, and the traps of the scheme. */
final class SignatureFaultRows {

    private static final String TIMESTAMP = "x-thegrid-timestamp";
    private static final String FINGERPRINT = "x-thegrid-fingerprint";
    private static final String SIGNATURE = "x-thegrid-signature";
    private static final String MARKETS = "/v1/markets";
    private static final String ORDERS = ConsumptionRows.ORDERS;
    private static final String ORDER = ConsumptionRows.ORDER;
    private static final String INVALID = "Invalid request signature.";
    private static final String JSON_ONLY = "Signed requests carry JSON bodies only.";

    private final TourServers servers;
    private final TourTable table;
    private final RequestSigner signer;

    SignatureFaultRows(TourServers servers, TourTable table) {
        this.servers = servers;
        this.table = table;
        this.signer = servers.signer("user_tour_faults");
    }

    void add() {
        addHeaders();
        addSpellings();
        addOtherRequests();
        addTargets();
        addBodies();
    }

    private Map<String, String> signature() {
        return signer.sign("GET", MARKETS, new byte[0]);
    }

    private static Ask markets(Map<String, String> headers) {
        return Ask.get(MARKETS).headers(headers);
    }

    private void addHeaders() {
        table.section("401: all three headers, each once, and no other credential");
        for (String name : signature().keySet()) {
            Map<String, String> rest = new LinkedHashMap<>(signature());
            String value = String.valueOf(rest.remove(name));
            row(markets(rest).about("without " + name), "Missing signature headers.");
            row(markets(signature()).line(name + ": " + value).about(name + " twice"), "Malformed signature headers.");
        }
        String key = servers.keys.good();
        row(markets(signature()).bearer(key).about("and an API key"), "More than one credential was sent.");
        row(markets(signature()).key(key).about("and an API key"), "More than one credential was sent.");
    }

    private void addSpellings() {
        table.section("401: one spelling for each header");
        malformed(TIMESTAMP, "milliseconds", seconds -> seconds + "000");
        malformed(TIMESTAMP, "nine digits", seconds -> seconds.substring(1));
        malformed(TIMESTAMP, "a sign", seconds -> "+" + seconds.substring(1));
        malformed(FINGERPRINT, "padded", fingerprint -> fingerprint + "=");
        malformed(FINGERPRINT, "hex", fingerprint -> "0".repeat(64));
        malformed(SIGNATURE, "not padded", signature -> signature.replace("=", ""));
        malformed(SIGNATURE, "URL-safe", signature -> "-_" + signature.substring(2));
        malformed(SIGNATURE, "other bits behind its end", SignatureFaultRows::withOtherEnd);
        malformed(SIGNATURE, "65 bytes", signature -> encoded(Arrays.copyOf(decoded(signature), 65)));
        malformed(SIGNATURE, "63 bytes", signature -> encoded(Arrays.copyOf(decoded(signature), 63)));
    }

    private void malformed(String name, String about, UnaryOperator<String> change) {
        Map<String, String> headers = new LinkedHashMap<>(signature());
        headers.computeIfPresent(name, (field, value) -> change.apply(value));
        row(markets(headers).about(name + ": " + about), "Malformed signature headers.");
    }

    private static byte[] decoded(String signature) {
        return Base64.getDecoder().decode(signature);
    }

    private static String encoded(byte[] signature) {
        return Base64.getEncoder().encodeToString(signature);
    }

    /** The last character before the padding has four bits that stand for nothing; a lenient reader passes over them. */
    private static String withOtherEnd(String signature) {
        int last = signature.indexOf('=') - 1;
        char[] text = signature.toCharArray();
        text[last]++;
        return new String(text);
    }

    private void addOtherRequests() {
        table.section("401: an unknown key and a wrong signature look the same");
        RequestSigner unknown = RequestSigner.of(Ed25519SecretKey.generate());
        row(Ask.get(MARKETS).signed(unknown).about("never registered"), INVALID);
        row(Ask.get("/v1/balances").headers(signature()).about("another path"), INVALID);
        row(Ask.get(MARKETS + "?status=open").headers(signature()).about("another query"), INVALID);
        row(Ask.of("HEAD", MARKETS).headers(signature()).about("another method"), INVALID);
        Map<String, String> order = signer.sign("POST", ORDERS, ORDER.getBytes(StandardCharsets.UTF_8));
        row(
                Ask.of("POST", ORDERS)
                        .json(ORDER.replace("buy", "sell"))
                        .headers(order)
                        .about("another body"),
                INVALID);
        row(Ask.of("POST", ORDERS).json(ORDER + " ").headers(order).about("a space more"), INVALID);
        Map<String, String> later = new LinkedHashMap<>(signature());
        later.computeIfPresent(TIMESTAMP, (name, seconds) -> Long.toString(Long.parseLong(seconds) + 1));
        row(markets(later).about("another timestamp"), INVALID);
        Map<String, String> others = new LinkedHashMap<>(signature());
        others.putAll(Map.of(
                FINGERPRINT, servers.signer("user_tour_other").key().publicKey().fingerprintText()));
        row(markets(others).about("another's fingerprint"), INVALID);
    }

    private void addTargets() {
        table.section("The target is signed as it is sent, and one that can be read in two ways opens nothing");
        row(Ask.get("/v1/%6darkets").headers(signature()).about("an escaped letter"), INVALID);
        row(Ask.get("/v1/./markets").headers(signature()), INVALID);
        row(Ask.get("/v1//markets").headers(signature()), INVALID);
        table.row(servers.main, Ask.get("/v1/%6darkets").signed(signer).about("signed as sent"), Expected.status(200));
        table.row(servers.main, Ask.get("/v1/x/../markets").signed(signer).about("signed as sent"), Expected.notOpen());
        table.row(servers.main, Ask.get("/v1//markets").signed(signer).about("signed as sent"), Expected.notOpen());
        table.row(
                servers.main,
                Ask.get(MARKETS + "?a=%zz").headers(signature()),
                Expected.refused(400, "Malformed request target."));
    }

    private void addBodies() {
        table.section(
                "Bodies: JSON alone, for a form could be the end of the target as well; bounded, and not on reads");
        Map<String, String> query = signer.sign("POST", ORDERS + "?dry=1&y=2", new byte[0]);
        refused(
                Ask.of("POST", ORDERS + "?dry=1")
                        .text("application/json", "&y=2")
                        .headers(query)
                        .about("the end of another query"),
                415,
                JSON_ONLY);
        refused(
                Ask.of("POST", ORDERS)
                        .text("application/x-www-form-urlencoded", "side=buy")
                        .signed(signer)
                        .about("a form"),
                415,
                JSON_ONLY);
        refused(
                Ask.of("POST", ORDERS)
                        .line("Content-Encoding: gzip")
                        .json(ORDER)
                        .signed(signer)
                        .about("compressed"),
                415,
                JSON_ONLY);
        refused(
                Ask.of("POST", ORDERS)
                        .json("[" + " ".repeat(JSON.MOST_BYTES) + "]")
                        .signed(signer)
                        .about("over 16 KiB"),
                413,
                "The body is too large.");
        String none = "This request must not have a body.";
        refused(Ask.get(MARKETS).json("{}").signed(signer).about("a body"), 400, none);
        refused(Ask.of("DELETE", ORDERS + "/1").json("{}").signed(signer).about("a body"), 400, none);
        Ask broken = Ask.of("POST", ORDERS).chunks("5\r\n{").signed(signer);
        table.row(servers.main, broken.about("breaks off: the server tells it by itself"), Expected.status(400));
    }

    private void refused(Ask ask, int status, String detail) {
        table.row(servers.main, ask, Expected.refused(status, detail));
    }

    private void row(Ask ask, String detail) {
        table.row(servers.main, ask, Expected.rejected(detail));
    }
}
