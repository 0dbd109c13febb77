package dev.portcullis.auth.place;

import dev.portcullis.auth.AllowList;
import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.IPAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose word is taken for where a request comes from. Immutable, and safe for use by many threads.
 *
 * <p>If the other end of the connection is one of them, {@code Forwarded} (RFC 7239) and {@code X-Forwarded-For} are read
 * from the right, past trusted proxies only: the first station that is none of them is the client. What stands to the left
 * of it the client may have written itself, and is not looked at. From anybody else these headers are ignored.
 *
 * <p>A proxy writes one of the headers and may pass the other on as the client sent it. So where both are there they must
 * tell the same, or nothing is known; {@link #onlyForwarded} and {@link #onlyXForwardedFor} say which one counts.
 */
public final class TrustedProxies {

    private static final String FORWARDED = "forwarded";
    private static final String X_FORWARDED_FOR = "x-forwarded-for";

    /** How many trusted proxies can stand in a row. */
    private static final int MOST_HOPS = 32;

    private static final int LONGEST_FIELD = 8192;

    private static final TrustedProxies NONE = new TrustedProxies(null, true, true);

    private final @Nullable AllowList proxies;
    private final boolean readsForwarded;
    private final boolean readsXForwardedFor;

    private TrustedProxies(@Nullable AllowList proxies, boolean readsForwarded, boolean readsXForwardedFor) {
        this.proxies = proxies;
        this.readsForwarded = readsForwarded;
        this.readsXForwardedFor = readsXForwardedFor;
    }

    /**
     * No proxy is trusted: the client is the other end of the connection.
     *
     * @return the one instance
     */
    public static TrustedProxies none() {
        return NONE;
    }

    /**
     * Trusts some addresses.
     *
     * @param addresses addresses and blocks (CIDR); none is trusted if there are none
     * @return the proxies
     * @throws IllegalArgumentException if one is neither an address nor a block
     */
    public static TrustedProxies of(Collection<String> addresses) {
        AllowList proxies = AllowList.of(addresses);
        return proxies.isEverywhere() ? NONE : new TrustedProxies(proxies, true, true);
    }

    /**
     * The same with {@code Forwarded} alone.
     *
     * @return proxies whose {@code X-Forwarded-For} is ignored
     */
    public TrustedProxies onlyForwarded() {
        return new TrustedProxies(proxies, true, false);
    }

    /**
     * The same with {@code X-Forwarded-For} alone.
     *
     * @return proxies whose {@code Forwarded} is ignored
     */
    public TrustedProxies onlyXForwardedFor() {
        return new TrustedProxies(proxies, false, true);
    }

    /**
     * Whether the other end of the connection is one of them.
     *
     * @param request the request
     * @return whether its word is taken
     */
    public boolean sent(AuthRequest request) {
        IPAddress peer = peerOf(request);
        return peer != null && trusts(peer);
    }

    boolean trustsNobody() {
        return proxies == null;
    }

    private boolean trusts(IPAddress address) {
        return proxies != null && proxies.allows(address);
    }

    private static @Nullable IPAddress peerOf(AuthRequest request) {
        String peer = request.remoteAddress();
        return peer == null ? null : IPAddress.parse(peer);
    }

    /**
     * The address of the client.
     *
     * @param request the request
     * @return the address; or null if it is not known: the connection tells none, or one with a zone, or a trusted proxy
     *     tells something that is no address, or two things
     */
    public @Nullable IPAddress clientOf(AuthRequest request) {
        IPAddress peer = peerOf(request);
        if (peer == null || !trusts(peer)) {
            return peer;
        }
        List<String> forwarded = readsForwarded ? request.headers(FORWARDED) : List.of();
        List<String> forwardedFor = readsXForwardedFor ? request.headers(X_FORWARDED_FOR) : List.of();
        if (forwarded.isEmpty()) {
            return behind(peer, forwardedFor, TrustedProxies::stations, Node::inForwardedFor);
        }
        IPAddress client = behind(peer, forwarded, ForwardedField::nodes, Node::inForwarded);
        boolean agrees = forwardedFor.isEmpty()
                || (client != null
                        && client.equals(behind(peer, forwardedFor, TrustedProxies::stations, Node::inForwardedFor)));
        return agrees ? client : null;
    }

    /** The stations of one {@code X-Forwarded-For} field; empty elements of a list are none. */
    private static List<String> stations(String field) {
        return Arrays.stream(field.split(",", -1))
                .map(String::strip)
                .filter(station -> !station.isEmpty())
                .toList();
    }

    private @Nullable IPAddress behind(
            IPAddress peer,
            List<String> fields,
            Function<String, @Nullable List<String>> stations,
            Function<String, @Nullable IPAddress> address) {
        IPAddress client = peer;
        int hops = 0;
        for (int i = fields.size() - 1; i >= 0; i--) {
            List<String> nodes = fields.get(i).length() > LONGEST_FIELD ? null : stations.apply(fields.get(i));
            if (nodes == null) {
                return null;
            }
            List<String> backwards = new ArrayList<>(nodes);
            Collections.reverse(backwards);
            for (String node : backwards) {
                client = ++hops > MOST_HOPS ? null : address.apply(node);
                if (client == null || !trusts(client)) {
                    return client;
                }
            }
        }
        return client;
    }

    @Override
    public String toString() {
        return "TrustedProxies" + (proxies == null ? List.of() : proxies.entries());
    }
}
