package dev.portcullis.auth;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rule as it was written. */
record Rule(
        List<String> hosts, String methods, String pattern, Requirement requirement, List<CredentialKind> accepted) {

    private String name() {
        return methods + " " + pattern;
    }

    /** The hosts that it names, each in its one spelling. */
    Set<String> names() {
        try {
            return ServedHosts.names(hosts);
        } catch (IllegalArgumentException e) {
            throw explained(e);
        }
    }

    Route route(@Nullable Set<String> reservedHosts) {
        ServedHosts served = new ServedHosts(names(), reservedHosts);
        try {
            Gate gate = new Gate(requirement, accepted, served);
            return new Route(name(), Route.methods(methods), RoutePattern.parse(pattern), gate);
        } catch (IllegalArgumentException e) {
            throw explained(e);
        }
    }

    private IllegalArgumentException explained(IllegalArgumentException e) {
        return new IllegalArgumentException("In the rule '" + name() + "', " + e.getMessage(), e);
    }
}
