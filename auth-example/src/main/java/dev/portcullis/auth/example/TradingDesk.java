package dev.portcullis.auth.example;

import dev.portcullis.auth.Caller;
import dev.portcullis.auth.CredentialKind;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What there is to trade, and what somebody has; in the form that clients of trading APIs know. Two rules of its own
 * close it in part: some features are for some sub-accounts only, and one pair is closed to API keys.
 */
public final class TradingDesk {

    /** What somebody is told who trades the pair that is closed to API keys, with one. */
    public static final String PAIR_CLOSED = "Trading of PEPE_USDT_Perp is not available to API keys.";

    /** What somebody is told who sends an RPI order for a sub-account that is not on the list. */
    public static final String NOT_ON_RPI_LIST = "RPI orders are not enabled for this sub-account.";

    private static final String CLOSED_TO_KEYS = "PEPE_USDT_Perp";
    private static final String RPI_SUB_ACCOUNT = "2147050003876484";
    private static final String OPENED_BY = "opened_by";

    private static final List<Map<String, Object>> INSTRUMENTS = List.of(
            instrument("BTC_USDT_Perp", "BTC", "0x030501"),
            instrument("ETH_USDT_Perp", "ETH", "0x030401"),
            instrument(CLOSED_TO_KEYS, "PEPE", "0x033101"));

    private final AtomicLong orders = new AtomicLong();
    private final Clock clock = Clock.systemUTC();

    /** A desk without orders. */
    public TradingDesk() {}

    private static Map<String, Object> instrument(String name, String base, String hash) {
        return Map.ofEntries(
                Map.entry("instrument", name),
                Map.entry("instrument_hash", hash),
                Map.entry("base", base),
                Map.entry("quote", "USDT"),
                Map.entry("kind", "PERPETUAL"),
                Map.entry("venues", List.of("ORDERBOOK")),
                Map.entry("settlement_period", "PERPETUAL"),
                Map.entry("base_decimals", 9),
                Map.entry("quote_decimals", 6),
                Map.entry("tick_size", "0.1"),
                Map.entry("min_size", "0.001"));
    }

    /**
     * What an account has.
     *
     * @param caller whose account
     * @param body the request: {@code {"sub_account_id": "…"}}
     * @return the answer
     * @throws RequestProblem if the body is not as it must be
     */
    public Map<String, Object> accountSummary(Caller caller, JsonNode body) throws RequestProblem {
        String now = nanos();
        Map<String, Object> balance = Map.of("currency", "USDT", "balance", "15.0", "index_price", "1.0");
        return Map.of(
                "result",
                Map.ofEntries(
                        Map.entry("event_time", now),
                        Map.entry("main_account_id", String.valueOf(caller.subject())),
                        Map.entry("sub_account_id", subAccount(body)),
                        Map.entry("settle_currency", "USDT"),
                        Map.entry("total_equity", "15.0"),
                        Map.entry("available_balance", "15.0"),
                        Map.entry("spot_balances", List.of(balance)),
                        Map.entry("positions", List.of())));
    }

    private String nanos() {
        Instant now = clock.instant();
        return BigDecimal.valueOf(now.getEpochSecond())
                .movePointRight(9)
                .add(BigDecimal.valueOf(now.getNano()))
                .toPlainString();
    }

    private static String subAccount(JsonNode body) throws RequestProblem {
        return text(body, "sub_account_id", "1", value -> value.matches("[0-9]{1,20}"));
    }

    /** A member that may be left out. */
    private static String text(JsonNode body, String name, String otherwise, Predicate<String> form)
            throws RequestProblem {
        if (!body.isObject()) {
            throw RequestProblem.badRequest("The body must be a JSON object.");
        }
        @Nullable JsonNode value = body.get(name);
        if (value == null) {
            return otherwise;
        }
        String text = value.isString() ? value.stringValue() : value.isIntegralNumber() ? value.asString() : "";
        if (!form.test(text)) {
            throw RequestProblem.badRequest("Field '" + name + "' is not as it must be.");
        }
        return text;
    }

    /**
     * Why an order is closed to a caller, by the rules of this desk.
     *
     * @param caller who orders
     * @param order the request: {@code {"sub_account_id": "…", "instrument": "…", "is_rpi": false}}
     * @return {@link #PAIR_CLOSED} or {@link #NOT_ON_RPI_LIST}; null if it is not closed
     * @throws RequestProblem if the body is not as it must be
     */
    public @Nullable String objection(Caller caller, JsonNode order) throws RequestProblem {
        if (instrumentOf(order).equals(CLOSED_TO_KEYS) && isByKey(caller)) {
            return PAIR_CLOSED;
        }
        boolean listed = subAccount(order).equals(RPI_SUB_ACCOUNT);
        return order.path("is_rpi").asBoolean(false) && !listed ? NOT_ON_RPI_LIST : null;
    }

    /** Keys are for programs, whichever way they prove themselves. A session that a key has opened is as good as the key. */
    private static boolean isByKey(Caller caller) {
        return caller.kind() == CredentialKind.API_KEY
                || caller.kind() == CredentialKind.SIGNATURE
                || caller.attributes().get(OPENED_BY) == CredentialKind.API_KEY;
    }

    private static String instrumentOf(JsonNode body) throws RequestProblem {
        return text(body, "instrument", "BTC_USDT_Perp", name -> find(name) != null);
    }

    /**
     * Takes an order.
     *
     * @param caller who orders
     * @param order the request
     * @return the answer
     * @throws RequestProblem if the body is not as it must be
     */
    public Map<String, Object> createOrder(Caller caller, JsonNode order) throws RequestProblem {
        return Map.of(
                "result",
                Map.of(
                        "order_id", "0x" + Long.toHexString(orders.incrementAndGet()),
                        "sub_account_id", subAccount(order),
                        "instrument", instrumentOf(order),
                        "state", Map.of("status", "OPEN", "update_time", nanos())));
    }

    /**
     * What is known of an instrument, by anybody.
     *
     * @param body the request: {@code {"instrument": "…"}}
     * @return the answer
     * @throws RequestProblem if the body is not as it must be
     */
    public Map<String, Object> instrument(JsonNode body) throws RequestProblem {
        Map<String, Object> instrument = find(instrumentOf(body));
        if (instrument == null) {
            throw RequestProblem.notFound();
        }
        return Map.of("result", instrument);
    }

    private static @Nullable Map<String, Object> find(String name) {
        return INSTRUMENTS.stream()
                .filter(one -> name.equals(one.get("instrument")))
                .findFirst()
                .orElse(null);
    }

    /**
     * All instruments.
     *
     * @return the answer
     */
    public Map<String, Object> allInstruments() {
        return Map.of("result", INSTRUMENTS);
    }

    /**
     * All currencies.
     *
     * @return the answer
     */
    public Map<String, Object> currencies() {
        return Map.of(
                "result",
                List.of(
                        Map.of("id", 3, "symbol", "USDT", "balance_decimals", 6, "quantity_multiplier", "1000000"),
                        Map.of("id", 5, "symbol", "BTC", "balance_decimals", 9, "quantity_multiplier", "1000000000")));
    }
}
