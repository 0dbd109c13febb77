package dev.portcullis.auth.example;

import dev.portcullis.auth.testkit.RequestSigner;
import java.util.List;

/** The two kinds of key, and that neither opens what the other does: what clients of the third kind are told first. */
final class ConsumptionRows {

    static final String ORDERS = "/v1/orders";
    static final String ORDER = "{\"market\":\"Text-Prime\",\"side\":\"buy\",\"price\":\"0.45\",\"size\":1}";
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String ACCOUNT = "user_tour_inference";
    private static final String ASKED =
            "{\"model\":\"Text-Prime\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

    private final TourServers servers;
    private final TourTable table;
    private final String key;
    private final RequestSigner trading;

    ConsumptionRows(TourServers servers, TourTable table) {
        this.servers = servers;
        this.table = table;
        this.key = servers.keys.issued(ACCOUNT, List.of()).plaintext();
        this.trading = servers.signer(ACCOUNT);
    }

    void add() {
        addInference();
        addNeitherTheOthers();
    }

    private static Ask chat() {
        return chat(ASKED);
    }

    private static Ask chat(String asked) {
        return Ask.of("POST", CHAT).json(asked + "}");
    }

    private static Ask messages() {
        return messages(ASKED);
    }

    private static Ask messages(String asked) {
        return Ask.of("POST", MESSAGES).json(asked + "}");
    }

    private void addInference() {
        table.section("Consumption keys: one value for both APIs, as Bearer or in x-api-key");
        Expected completed = Expected.status(200).withBody("\"object\":\"chat.completion\"");
        Expected answered = Expected.status(200).withBody("\"type\":\"message\"");
        row(chat().bearer(key), completed.withBody("\"total_tokens\":12"));
        row(chat().key(key), completed);
        row(messages().key(key), answered.withBody("\"output_tokens\":11"));
        row(messages().bearer(key), answered);
        row(messages().key(key).bearer(key).about("the same key twice"), answered);
        Expected streamed = Expected.status(200).with("Content-Type", "text/event-stream;charset=utf-8");
        Ask stream = chat(ASKED + ",\"stream\":true").bearer(key);
        row(stream.about("streamed"), streamed.withBody("data: \\[DONE\\]"));
        stream = messages(ASKED + ",\"stream\":true").key(key);
        row(stream.about("streamed"), streamed.withBody("event: message_stop"));
        row(Ask.of("POST", CHAT).json("{}").bearer(key), Expected.status(400).withBody("invalid_request_error"));
        Ask unlimited = messages(ASKED.replace("100", "null")).key(key);
        row(
                unlimited.about("null for max_tokens, which it requires"),
                Expected.status(400).withBody("max_tokens"));
        Ask limited = chat(ASKED.replace("100", "null,\"max_completion_tokens\":1"));
        row(limited.bearer(key).about("null for the older limit"), completed.withBody("\"completion_tokens\":1,"));
        row(chat(), Expected.nothingSent());
        row(messages().key("YOUR_API_KEY").about("not filled in"), Expected.rejected("Malformed API key."));
        row(messages().key(servers.keys.revoked()).about("revoked"), Expected.rejected("API key has been revoked."));
    }

    private void addNeitherTheOthers() {
        table.section("Neither kind of key opens what the other does, and a signed-in user neither");
        Expected otherKind = Expected.forbidden(TourServers.OTHER_KIND);
        String user = servers.token().subject(ACCOUNT).sign();
        for (Ask ask : List.of(chat(), messages())) {
            row(ask.signed(trading).about("a trading key"), otherKind);
            row(ask.bearer(user).about("a user"), otherKind);
        }
        for (Ask ask : List.of(
                Ask.get("/v1/markets"),
                Ask.get("/v1/balances"),
                Ask.get(ORDERS),
                Ask.of("POST", ORDERS).json(ORDER),
                Ask.get(ORDERS + "/1"),
                Ask.of("DELETE", ORDERS + "/1"))) {
            row(ask.bearer(key).about("a consumption key"), otherKind);
            row(ask.bearer(user).about("a user"), otherKind);
            row(ask, Expected.nothingSent());
        }
        row(
                Ask.get("/v1/time").about("anyone, to look at the clock"),
                Expected.status(200).withBody("\\{\"time\":\\d{10}\\}"));
    }

    private void row(Ask ask, Expected expected) {
        table.row(servers.main, ask, expected);
    }
}
