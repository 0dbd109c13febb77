package dev.portcullis.auth;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may pass on one route. What it can answer is made beforehand, so that deciding allocates nothing. */
final class Gate {

    /** Open to nobody. */
    static final Gate CLOSED = new Gate(Requirement.nobody(), Set.of(), ServedHosts.ALL);

    private static final Decision NO_CREDENTIALS = new Decision.Refused(Reason.NO_CREDENTIALS, Set.of());
    private static final Decision NOT_OPEN = new Decision.Refused(Reason.ROUTE_NOT_OPEN, Set.of());
    private static final Decision OTHER_HOST = new Decision.Refused(Reason.HOST_NOT_SERVED, Set.of());
    private static final Decision OTHER_KIND = new Decision.Refused(Reason.CREDENTIAL_KIND_NOT_ACCEPTED, Set.of());

    private final Requirement requirement;
    private final boolean open;
    private final boolean closed;
    private final Set<CredentialKind> accepted;
    private final String[] permissions;
    private final Decision missing;
    private final ServedHosts hosts;

    /**
     * A gate.
     *
     * @param requirement what is needed to pass
     * @param accepted the kinds of credential that are accepted; every kind, if none is named
     * @param hosts where the route is served
     * @throws IllegalArgumentException if kinds or hosts are named, but do not matter
     */
    Gate(Requirement requirement, Collection<CredentialKind> accepted, ServedHosts hosts) {
        this.requirement = requirement;
        this.open = requirement instanceof Requirement.Anyone;
        this.closed = requirement instanceof Requirement.Nobody;
        if ((open || closed) && !accepted.isEmpty()) {
            throw new IllegalArgumentException("the rule names kinds of credential, but is for "
                    + (open ? "anyone(), with or without one: write signedIn()" : "nobody()") + ", or leave them out");
        }
        if (closed && !hosts.areAll()) {
            throw new IllegalArgumentException("the rule names hosts, but is for nobody(): leave them out");
        }
        this.hosts = hosts;
        this.accepted = accepted.isEmpty() ? EnumSet.allOf(CredentialKind.class) : EnumSet.copyOf(accepted);
        Set<String> required = requirement instanceof Requirement.AllOf all ? all.permissions() : Set.of();
        this.permissions = required.toArray(String[]::new);
        this.missing = new Decision.Refused(Reason.MISSING_PERMISSION, required);
    }

    Requirement requirement() {
        return requirement;
    }

    /** Whether {@link #decide} looks at the host. */
    boolean asksForHost() {
        return !hosts.areAll();
    }

    Decision decide(@Nullable Caller caller, @Nullable String host) {
        if (open) {
            return hosts.serve(host) ? Decision.Permitted.INSTANCE : OTHER_HOST;
        }
        if (caller == null) {
            return NO_CREDENTIALS;
        }
        if (closed) {
            return NOT_OPEN;
        }
        if (!hosts.serve(host)) {
            return OTHER_HOST;
        }
        if (!accepted.contains(caller.kind())) {
            return OTHER_KIND;
        }
        for (String permission : permissions) {
            if (!caller.holds(permission)) {
                return missing;
            }
        }
        return Decision.Permitted.INSTANCE;
    }
}
