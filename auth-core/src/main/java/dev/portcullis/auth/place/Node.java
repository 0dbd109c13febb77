package dev.portcullis.auth.place;

import dev.portcullis.auth.IPAddress;
import org.jspecify.annotations.Nullable;

/** Reads one station on a request's way, as proxies write it: an address, perhaps with a port (RFC 7239 section 6). */
final class Node {

    private static final int LONGEST_PORT = 5;

    private Node() {}

    /** As in {@code Forwarded}: IPv6 stands in brackets. */
    static @Nullable IPAddress inForwarded(String text) {
        return text.startsWith("[") ? bracketed(text) : withPort(text);
    }

    /** As in {@code X-Forwarded-For}, which no standard describes: IPv6 with brackets or without. */
    static @Nullable IPAddress inForwardedFor(String text) {
        if (text.startsWith("[")) {
            return bracketed(text);
        }
        IPAddress whole = IPAddress.parse(text);
        return whole == null ? withPort(text) : whole;
    }

    private static @Nullable IPAddress bracketed(String text) {
        int end = text.indexOf(']');
        if (end < 0 || text.indexOf(':') > end) {
            return null;
        }
        String rest = text.substring(end + 1);
        boolean ok = rest.isEmpty() || (rest.charAt(0) == ':' && isPort(rest.substring(1)));
        return ok ? IPAddress.parse(text.substring(1, end)) : null;
    }

    /** An IPv4 address with a port or without; what follows the first colon of an IPv6 address is no port. */
    private static @Nullable IPAddress withPort(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return IPAddress.parse(text);
        }
        return isPort(text.substring(colon + 1)) ? IPAddress.parse(text.substring(0, colon)) : null;
    }

    private static boolean isPort(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_PORT && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
