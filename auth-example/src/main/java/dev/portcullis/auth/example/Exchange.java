package dev.portcullis.auth.example;

import dev.portcullis.auth.Caller;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What trading keys open: a market for inference, balances, and the orders of each account, bounded in number. */
public final class Exchange {

    private static final int MOST_ACCOUNTS = 1000;
    private static final int MOST_ORDERS = 100;
    private static final String OPEN = "open";

    private static final List<Map<String, Object>> MARKETS =
            List.of(market("Text-Prime", "0.42", "0.45"), market("Text-Standard", "0.08", "0.09"));

    private final InstantSource clock;
    private final Map<String, Resource> orders = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Resource> eldest) {
            return size() > MOST_ACCOUNTS;
        }
    };

    /**
     * An exchange without orders.
     *
     * @param clock what time it is
     */
    public Exchange(InstantSource clock) {
        this.clock = clock;
    }

    private static Map<String, Object> market(String name, String bid, String ask) {
        return Map.of("market", name, "bid", bid, "ask", ask, "quote", "USD", "tick_size", "0.01");
    }

    /**
     * What time it is, for clients that look whether their clock is right.
     *
     * @return Unix seconds
     */
    public Map<String, Object> time() {
        return Map.of("time", clock.instant().getEpochSecond());
    }

    /**
     * What is traded, and for how much.
     *
     * @return the markets
     */
    public Map<String, Object> markets() {
        return Map.of("markets", MARKETS);
    }

    /**
     * What an account has.
     *
     * @param caller whose account
     * @return its balances
     */
    public Map<String, Object> balances(Caller caller) {
        return Map.of(
                "account",
                owner(caller),
                "balances",
                List.of(Map.of("currency", "USD", "total", "100.00", "available", "100.00")));
    }

    /**
     * An account's orders.
     *
     * @param caller whose account
     * @param status which of them; all, if null
     * @return the orders
     */
    public Map<String, Object> orders(Caller caller, @Nullable String status) {
        boolean asked = status == null || status.equals(OPEN);
        List<Map<String, Object>> all = asked ? of(caller).list() : List.of();
        return Map.of("orders", all.stream().map(order -> with(OPEN, order)).toList());
    }

    /**
     * One order of an account.
     *
     * @param caller whose account
     * @param id which
     * @return the order
     * @throws RequestProblem if it is not there
     */
    public Map<String, Object> order(Caller caller, long id) throws RequestProblem {
        return with(OPEN, of(caller).get(id));
    }

    /**
     * Places an order.
     *
     * @param caller who orders
     * @param order the order
     * @return what was placed, with its {@code id}
     * @throws RequestProblem if it is not as it must be, or there are too many
     */
    public Map<String, Object> place(Caller caller, JsonNode order) throws RequestProblem {
        return with(OPEN, of(caller).create(order));
    }

    /**
     * Looks at an order, and does not place it.
     *
     * @param order the order
     * @return what would be placed
     * @throws RequestProblem if it is not as it must be
     */
    public Map<String, Object> rehearse(JsonNode order) throws RequestProblem {
        return with("dry", book().allFields(order));
    }

    /**
     * Cancels an order, of which nothing is left.
     *
     * @param caller whose order
     * @param id which
     * @throws RequestProblem if it is not there
     */
    public void cancel(Caller caller, long id) throws RequestProblem {
        of(caller).delete(id);
    }

    private Resource of(Caller caller) {
        synchronized (orders) {
            return orders.computeIfAbsent(owner(caller), account -> book());
        }
    }

    private static String owner(Caller caller) {
        return String.valueOf(caller.subject());
    }

    private static Resource book() {
        return new Resource(
                "orders",
                MOST_ORDERS,
                Field.matching("market", "Text-Prime or Text-Standard", Pattern.compile("Text-(Prime|Standard)")),
                Field.matching("side", "buy or sell", Pattern.compile("buy|sell")),
                Field.matching("price", "a number as a string", Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,4})?")),
                Field.number("size", 1, 1_000_000));
    }

    private static Map<String, Object> with(String status, Map<String, Object> order) {
        Map<String, Object> all = new LinkedHashMap<>(order);
        all.put("status", status);
        return all;
    }
}
