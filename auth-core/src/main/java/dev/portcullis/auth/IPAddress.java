package dev.portcullis.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address. An IPv4-mapped IPv6 address ({@code ::ffff:192.0.2.1}, RFC 4291 section 2.5.5.2) is its IPv4
 * address; otherwise no address of one family is one of the other. Immutable.
 */
public final class IPAddress {

    static final int IPV6_BITS = 128;

    /** Where an IPv4 address begins among the bits of its IPv4-mapped address. */
    static final int IPV4_START = 96;

    private static final int IPV6_BYTES = IPV6_BITS / Byte.SIZE;
    private static final int IPV4_BYTES = 4;
    private static final long MAPPED = 0xffffL;

    private final long high;
    private final long low;

    private IPAddress(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /**
     * Reads an address as a literal. Nothing is ever looked up, and there is one reading of it: four decimal numbers
     * without leading zeros, or hexadecimal groups with at most one {@code ::} (RFC 4291 section 2.2); no zone, port,
     * bracket or white space.
     *
     * @param literal the text, such as {@code 192.0.2.1} or {@code 2001:db8::1}
     * @return the address, or null if the text is none
     */
    public static @Nullable IPAddress parse(String literal) {
        AddressBlock block = literal.indexOf('/') < 0 ? AddressBlock.parse(literal) : null;
        return block == null ? null : block.first();
    }

    /** An address by its 16 bytes, or 4 of IPv4. */
    static IPAddress ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == IPV6_BYTES
                ? new IPAddress(buffer.getLong(), buffer.getLong())
                : new IPAddress(0, MAPPED << Integer.SIZE | Integer.toUnsignedLong(buffer.getInt()));
    }

    /**
     * Which family it is of.
     *
     * @return true for IPv4, false for IPv6
     */
    public boolean isIPv4() {
        return high == 0 && low >>> Integer.SIZE == MAPPED;
    }

    /** Whether it agrees with another in its first bits, counted as those of an IPv6 address. */
    boolean sharesPrefix(IPAddress other, int bits) {
        return ((high ^ other.high) & mask(Math.min(bits, Long.SIZE))) == 0
                && ((low ^ other.low) & mask(Math.max(0, bits - Long.SIZE))) == 0;
    }

    /** Whether nothing is set behind its first bits. */
    boolean endsAfter(int bits) {
        return (high & ~mask(Math.min(bits, Long.SIZE))) == 0 && (low & ~mask(Math.max(0, bits - Long.SIZE))) == 0;
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
    }

    /**
     * The same address for the Java platform. Nothing is looked up.
     *
     * @return the address, without a host name
     */
    public InetAddress toInetAddress() {
        ByteBuffer all = ByteBuffer.allocate(IPV6_BYTES).putLong(high).putLong(low);
        byte[] bytes = all.array();
        if (isIPv4()) {
            bytes = ByteBuffer.allocate(IPV4_BYTES).putInt((int) low).array();
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address has 4 or 16 bytes", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IPAddress that && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high) * 31 + Long.hashCode(low);
    }

    /** As RFC 5952 section 4 writes it. */
    @Override
    public String toString() {
        return AddressBlock.write(toInetAddress());
    }
}
