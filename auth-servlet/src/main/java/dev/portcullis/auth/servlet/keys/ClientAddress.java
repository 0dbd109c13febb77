package dev.portcullis.auth.servlet.keys;

import jakarta.servlet.http.HttpServletRequest;

/** Where a request comes from, for the audit: the one place that says so. */
final class ClientAddress {

    private static final int LONGEST = 255;

    private ClientAddress() {}

    /** The address at the other end of the connection, or a word where the container knows none. */
    static String of(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        boolean told = address != null
                && !address.isEmpty()
                && address.length() <= LONGEST
                && address.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        return told ? address : "unknown";
    }
}
