package dev.portcullis.auth;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The name of a host in its one spelling: lower-case, without a port, without a dot at the end. */
final class Host {

    private static final int LONGEST = 255;

    private Host() {}

    /** What the {@code Host} fields name (RFC 9110 section 7.2), or null if that is not exactly one host. */
    static @Nullable String of(List<String> fields) {
        return fields.size() == 1 ? read(fields.get(0).strip()) : null;
    }

    /** A host with or without a port, or null if the text is none. */
    static @Nullable String read(String text) {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > text.lastIndexOf(']');
        if (hasPort && !text.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        String name = hasPort ? text.substring(0, colon) : text;
        return name.startsWith("[") && name.endsWith("]") ? literal(name) : registered(name);
    }

    private static @Nullable String literal(String name) {
        IPAddress address = IPAddress.parse(name.substring(1, name.length() - 1));
        return address == null || name.indexOf(':') < 0 ? null : "[" + address + "]";
    }

    private static @Nullable String registered(String name) {
        String whole = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        boolean ok = !whole.isEmpty()
                && whole.length() <= LONGEST
                && whole.charAt(0) != '.'
                && !whole.contains("..")
                && whole.charAt(whole.length() - 1) != '.'
                && whole.chars().allMatch(Host::isOfName);
        return ok ? whole.toLowerCase(Locale.ROOT) : null;
    }

    private static boolean isOfName(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_';
    }
}
