package dev.portcullis.auth;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * One address, or a block of them (CIDR, RFC 4632 section 3.1, RFC 4291 section 2.3). A library reads and writes them;
 * nothing else here knows it.
 */
final class AddressBlock {

    /** An IPv6 address with an embedded IPv4 address, and a prefix length. */
    private static final int LONGEST = 49;

    private static final IPAddressStringParameters STRICT = strict();

    private final IPAddress first;

    /** Counted as bits of an IPv6 address, also for IPv4. */
    private final int prefix;

    private final boolean isIPv4;

    private AddressBlock(IPAddress first, int prefix) {
        this.first = first;
        this.prefix = prefix;
        this.isIPv4 = first.isIPv4() && prefix >= IPAddress.IPV4_START;
    }

    /** One spelling of each number, and none of the shorthands that tools and platforms read in different ways. */
    private static IPAddressStringParameters strict() {
        IPAddressStringParameters.Builder all = new IPAddressStringParameters.Builder()
                .allowEmpty(false)
                .allowSingleSegment(false)
                .allowAll(false)
                .allowPrefix(true)
                .allowPrefixOnly(false)
                .allowMask(false)
                .allowWildcardedSeparator(false)
                .allow_inet_aton(false)
                .setRangeOptions(RangeParameters.NO_RANGE);
        all.getIPv4AddressParametersBuilder()
                .allow_inet_aton(false)
                .allowBinary(false)
                .allowLeadingZeros(false)
                .allowPrefixesBeyondAddressSize(false);
        all.getIPv6AddressParametersBuilder()
                .allowBase85(false)
                .allowZone(false)
                .allowEmptyZone(false)
                .allow_mixed_inet_aton(false)
                .allowBinary(false)
                .allowLeadingZeros(true)
                .allowUnlimitedLeadingZeros(false)
                .allowPrefixesBeyondAddressSize(false);
        all.getIPv6AddressParametersBuilder()
                .getEmbeddedIPv4AddressParametersBuilder()
                .allow_inet_aton(false)
                .allowBinary(false)
                .allowLeadingZeros(false);
        return all.toParams();
    }

    /** The block that a text names, or null if it names none, or an address within one with bits behind the prefix. */
    static @Nullable AddressBlock parse(String text) {
        if (text.length() > LONGEST || !text.chars().allMatch(AddressBlock::isOfAddress) || hasPaddedPrefix(text)) {
            return null;
        }
        inet.ipaddr.IPAddress read;
        try {
            read = new IPAddressString(text, STRICT).toAddress();
        } catch (AddressStringException | IncompatibleAddressException e) {
            return null;
        }
        Integer length = read.getNetworkPrefixLength();
        int before = read.isIPv4() ? IPAddress.IPV4_START : 0;
        int prefix = length == null ? IPAddress.IPV6_BITS : before + length;
        IPAddress first = IPAddress.ofBytes(read.getLower().getBytes());
        return first.endsAfter(prefix) || length == null ? new AddressBlock(first, prefix) : null;
    }

    /** Left to the library, this would take {@code /0} for a zero too many. */
    private static boolean hasPaddedPrefix(String text) {
        int slash = text.indexOf('/');
        return slash >= 0 && text.startsWith("0", slash + 1) && text.length() > slash + 2;
    }

    private static boolean isOfAddress(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'f')
                || (c >= 'A' && c <= 'F')
                || c == '.'
                || c == ':'
                || c == '/';
    }

    IPAddress first() {
        return first;
    }

    /** Addresses of the other family are in no block, however large. */
    boolean contains(IPAddress address) {
        return address.isIPv4() == isIPv4 && address.sharesPrefix(first, prefix);
    }

    static String write(InetAddress address) {
        return new IPAddressString(address.getHostAddress()).getAddress().toCanonicalString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressBlock that && first.equals(that.first) && prefix == that.prefix;
    }

    @Override
    public int hashCode() {
        return 31 * first.hashCode() + prefix;
    }

    /** In its one canonical spelling; a single address without a prefix length. */
    @Override
    public String toString() {
        if (prefix == IPAddress.IPV6_BITS) {
            return first.toString();
        }
        return first + "/" + (isIPv4 ? prefix - IPAddress.IPV4_START : prefix);
    }
}
