package dev.portcullis.auth;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hosts on which one route is served.
 *
 * @param names their names; all hosts, if there are none
 * @param reserved the names that any rule has, if hosts of other names serve all routes; null if they serve none of those
 *     that name hosts
 */
record ServedHosts(Set<String> names, @Nullable Set<String> reserved) {

    /** All hosts. */
    static final ServedHosts ALL = new ServedHosts(Set.of(), null);

    /** Reads the names of a rule. */
    static Set<String> names(Collection<String> hosts) {
        Set<String> names = new LinkedHashSet<>();
        for (String host : hosts) {
            String name = host.indexOf(':') >= 0 && !host.endsWith("]") ? null : Host.read(host);
            if (name == null) {
                throw new IllegalArgumentException("the rule names the host '" + host
                        + "': write a name or address without scheme, port and path, such as trades.example.com");
            }
            names.add(name);
        }
        return names;
    }

    boolean areAll() {
        return names.isEmpty();
    }

    boolean serve(@Nullable String host) {
        return names.isEmpty()
                || (host != null && (names.contains(host) || (reserved != null && !reserved.contains(host))));
    }
}
