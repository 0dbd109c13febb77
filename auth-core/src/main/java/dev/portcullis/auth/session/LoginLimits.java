package dev.portcullis.auth.session;

import dev.portcullis.auth.AuthRequest;
import dev.portcullis.auth.IPAddress;
import dev.portcullis.auth.SHA256;
import dev.portcullis.auth.SecretText;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How often anybody may try to log in: from one address, and with one key. Addresses of IPv6 are counted by their first 64
 * bits, for whoever has one has all of these. A key is counted whole, so that nobody can keep its owner out without having
 * it. Immutable.
 */
public final class LoginLimits {

    private static final int NETWORK_BYTES = 8;
    private static final int KEY_BYTES = 16;
    private static final String UNKNOWN = "address:unknown";

    private final RateLimit byAddress;
    private final RateLimit byKey;
    private final Function<AuthRequest, @Nullable IPAddress> client;

    private LoginLimits(RateLimit byAddress, RateLimit byKey, Function<AuthRequest, @Nullable IPAddress> client) {
        this.byAddress = byAddress;
        this.byKey = byKey;
        this.client = client;
    }

    /**
     * The usual limits, on this node alone: 60 logins a minute from one address, and 20 a minute with one key.
     *
     * @return limits by the other end of the connection
     */
    public static LoginLimits usual() {
        Duration minute = Duration.ofMinutes(1);
        return of(InMemoryRateLimit.of(60, minute), InMemoryRateLimit.of(20, minute));
    }

    /**
     * Limits of one's own.
     *
     * @param byAddress of the logins from one address; asked first
     * @param byKey of the logins with one key, good or not
     * @return limits by the other end of the connection
     */
    public static LoginLimits of(RateLimit byAddress, RateLimit byKey) {
        return new LoginLimits(byAddress, byKey, LoginLimits::peerOf);
    }

    /**
     * No limits: everybody may guess as fast as they like, unless something in front of the application counts.
     *
     * @return limits that are never reached
     */
    public static LoginLimits none() {
        return of(RateLimit.none(), RateLimit.none());
    }

    private static @Nullable IPAddress peerOf(AuthRequest request) {
        String peer = request.remoteAddress();
        return peer == null ? null : IPAddress.parse(peer);
    }

    /**
     * The same, with the address of the client told by something that knows about proxies.
     *
     * @param who tells it, such as {@code places::clientOf}; all whose address is not known are counted together
     * @return other limits
     */
    public LoginLimits client(Function<AuthRequest, @Nullable IPAddress> who) {
        return new LoginLimits(byAddress, byKey, who);
    }

    /** Counts an attempt. Zero if it may go on. */
    Duration take(SecretText apiKey, AuthRequest request) {
        Duration wait = byAddress.take(nameOf(client.apply(request)));
        return wait.isZero() ? byKey.take(nameOf(apiKey)) : wait;
    }

    private static String nameOf(@Nullable IPAddress address) {
        if (address == null) {
            return UNKNOWN;
        }
        return address.isIPv4()
                ? "address:" + address
                : "address:" + HexFormat.of().formatHex(address.toInetAddress().getAddress(), 0, NETWORK_BYTES);
    }

    /** Half of a hash: of no use to whoever reads it, and enough to tell keys apart. */
    private static String nameOf(SecretText apiKey) {
        byte[] half = new byte[KEY_BYTES];
        ByteBuffer.wrap(SHA256.of(apiKey).toBytes()).get(half);
        return "key:" + HexFormat.of().formatHex(half);
    }

    @Override
    public String toString() {
        return "LoginLimits[" + byAddress + ", " + byKey + "]";
    }
}
