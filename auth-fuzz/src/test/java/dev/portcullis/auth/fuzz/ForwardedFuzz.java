package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.IPAddress;
import dev.portcullis.auth.place.TrustedProxies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client writes into {@code Forwarded} and {@code X-Forwarded-For}, one field in each line, before a trusted proxy
 * adds its own words, in a further field or in the same. It can have nothing known of it, but it can never be somebody else.
 */
public final class ForwardedFuzz {

    private static final String PROXY = "10.0.0.1";
    private static final String CLIENT = "203.0.113.7";
    private static final IPAddress TRUE = address(CLIENT);
    private static final int MOST = 8;

    private static final TrustedProxies BOTH = TrustedProxies.of(List.of("10.0.0.0/8", "fd00::/8"));
    private static final List<TrustedProxies> ALL = List.of(BOTH, BOTH.onlyForwarded(), BOTH.onlyXForwardedFor());

    private ForwardedFuzz() {}

    private static IPAddress address(String literal) {
        IPAddress address = IPAddress.parse(literal);
        if (address == null) {
            throw new IllegalStateException(literal);
        }
        return address;
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Bounds.isLetIn(bytes, ForwardedFuzz::isLetIn);
    }

    /** Whether it is let in; throws if that, or what is told, is not as it must be. */
    static boolean isLetIn(byte[] bytes) {
        List<String> lines = Input.lines(bytes);
        List<String> written = lines.subList(0, Math.min(MOST, lines.size()));
        for (TrustedProxies proxies : ALL) {
            nobodyElse(proxies, written, "forwarded", "for=" + CLIENT);
            nobodyElse(proxies, written, "x-forwarded-for", CLIENT);
            for (String name : List.of("forwarded", "x-forwarded-for")) {
                IPAddress client = proxies.clientOf(sent(name, written).from(CLIENT));
                Input.require(TRUE.equals(client), "a client that is no proxy is believed");
            }
        }
        IPAddress named = IPAddress.parse(Input.line(lines, 0));
        Input.require(named == null || named.equals(IPAddress.parse(named.toString())), "an address has two values");
        return isSomebody(BOTH.clientOf(sent("forwarded", written).from(PROXY)))
                || isSomebody(BOTH.clientOf(sent("x-forwarded-for", written).from(PROXY)));
    }

    private static boolean isSomebody(@Nullable IPAddress client) {
        return client != null && !client.equals(address(PROXY));
    }

    private static void nobodyElse(TrustedProxies proxies, List<String> written, String name, String told) {
        boolean reads = proxies == BOTH
                || TRUE.equals(proxies.clientOf(Sent.with(name, told).from(PROXY)));
        IPAddress apart =
                proxies.clientOf(sent(name, written).header(name, told).from(PROXY));
        IPAddress expected = reads ? TRUE : address(PROXY);
        Input.require(expected.equals(apart), "a field of its own is not believed, or another is");

        int last = written.size() - 1;
        Sent joined = sent(name, written.subList(0, last));
        joined.header(name, written.get(last).isEmpty() ? told : written.get(last) + ", " + told);
        IPAddress client = proxies.clientOf(joined.from(PROXY));
        Input.require(client == null || client.equals(expected), "the client is taken for " + client);
    }

    private static Sent sent(String name, List<String> fields) {
        Sent request = new Sent("GET", "/", new byte[0]);
        fields.forEach(field -> request.header(name, field));
        return request;
    }
}
