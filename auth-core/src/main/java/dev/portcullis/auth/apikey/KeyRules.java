package dev.portcullis.auth.apikey;

import dev.portcullis.auth.AccountName;
import dev.portcullis.auth.AllowList;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What keys may be like here.
 *
 * @param catalogue the scopes there are, or null if there are all that are well formed
 * @param maximumLifetime how long a key may live, or null if for ever
 * @param usualLifetime how long one lives whose expiry is not given, or null if that is to be given where it must be
 * @param maximumAddresses how many entries an allow-list may have
 */
record KeyRules(
        @Nullable Set<String> catalogue,
        @Nullable Duration maximumLifetime,
        @Nullable Duration usualLifetime,
        int maximumAddresses) {

    private static final String NAME = "name";
    static final String SCOPES = "scopes";
    static final String EXPIRES_AT = "expires_at";
    static final String ALLOW_LIST = "ip_allowlist";

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final int MOST_SCOPES = 256;
    private static final int LONGEST_SCOPE = 255;
    private static final int MOST_ADDRESSES = 1000;

    KeyRules {
        if (maximumAddresses < 1 || maximumAddresses > MOST_ADDRESSES) {
            throw new IllegalArgumentException(
                    "maximumAddresses must be from 1 to " + MOST_ADDRESSES + ", not " + maximumAddresses);
        }
        if (catalogue != null) {
            catalogue.forEach(KeyRules::checkListed);
        }
        checkLifetime("maximumLifetime", maximumLifetime);
        checkLifetime("usualLifetime", usualLifetime);
        if (maximumLifetime != null && usualLifetime != null && usualLifetime.compareTo(maximumLifetime) > 0) {
            throw new IllegalArgumentException("usualLifetime must not be longer than maximumLifetime");
        }
    }

    private static void checkListed(String scope) {
        if (!isScopeToken(scope)) {
            throw new IllegalArgumentException(
                    "scopeCatalogue must hold scope-tokens of RFC 6749 section 3.3, not '" + scope + "'");
        }
    }

    private static void checkLifetime(String setting, @Nullable Duration lifetime) {
        if (lifetime != null && (lifetime.compareTo(SHORTEST) < 0 || lifetime.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(setting + " must be from 1 millisecond to 36,500 days, not " + lifetime);
        }
    }

    /** Checks whose a key is to be. */
    static void checkOwner(String owner, Faults faults) {
        faults.add("owner", AccountName.isOne(owner) ? null : KeyFault.MALFORMED_OWNER);
    }

    /** Checks what a key is to be called. */
    static void checkName(String name, Faults faults) {
        faults.add(NAME, KeyName.faultOf(name));
    }

    /** Checks scopes; no key gets one that its issuer lacks. Who issues for others holds all: null. */
    void checkScopes(Collection<String> scopes, @Nullable Set<String> held, Faults faults) {
        if (scopes.size() > MOST_SCOPES) {
            faults.add(SCOPES, KeyFault.TOO_MANY_SCOPES);
            return;
        }
        for (String scope : scopes) {
            if (!isScopeToken(scope)) {
                faults.add(SCOPES, KeyFault.MALFORMED_SCOPE);
            } else if (catalogue != null && !catalogue.contains(scope)) {
                faults.add(SCOPES, KeyFault.UNKNOWN_SCOPE);
            } else if (held != null && !held.contains(scope)) {
                faults.add(SCOPES, KeyFault.SCOPE_NOT_HELD);
            }
        }
    }

    /** Checks the entries of an allow-list. */
    void checkAddresses(Collection<String> entries, Faults faults) {
        if (entries.size() > maximumAddresses) {
            faults.add(ALLOW_LIST, KeyFault.TOO_MANY_ADDRESSES);
        } else if (!entries.stream().allMatch(AllowList::isEntry)) {
            faults.add(ALLOW_LIST, KeyFault.MALFORMED_ADDRESS);
        }
    }

    /** RFC 6749 section 3.3, so that a route can require it. */
    static boolean isScopeToken(String scope) {
        return !scope.isEmpty()
                && scope.length() <= LONGEST_SCOPE
                && scope.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"' && c != '\\');
    }

    /** The expiry of a key that is issued now; what was given is checked. */
    @Nullable
    Instant expiry(@Nullable Instant given, Instant now, Faults faults) {
        if (given != null) {
            faults.add(EXPIRES_AT, faultOf(given, now));
            return given;
        }
        if (usualLifetime != null) {
            return capped(null, now, usualLifetime);
        }
        if (maximumLifetime != null) {
            faults.add(EXPIRES_AT, KeyFault.REQUIRED);
        }
        return null;
    }

    /** The expiry of a successor: what was given is checked, and what is inherited is capped. */
    @Nullable
    Instant successorExpiry(@Nullable Instant given, @Nullable Instant inherited, Instant now, Faults faults) {
        if (given != null) {
            faults.add(EXPIRES_AT, faultOf(given, now));
            return given;
        }
        return maximumLifetime == null ? inherited : capped(inherited, now, maximumLifetime);
    }

    private @Nullable KeyFault faultOf(Instant given, Instant now) {
        if (given.isBefore(now.plusMillis(1))) {
            return KeyFault.NOT_IN_FUTURE;
        }
        Instant latest = maximumLifetime == null ? LATEST : capped(LATEST, now, maximumLifetime);
        return given.isAfter(latest) ? KeyFault.TOO_LATE : null;
    }

    private static Instant capped(@Nullable Instant expiry, Instant now, Duration lifetime) {
        Instant latest = now.plus(lifetime);
        return expiry == null || expiry.isAfter(latest) ? latest : expiry;
    }
}
