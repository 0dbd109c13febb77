package dev.portcullis.auth.servlet.keys;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a path below the endpoints' own names. A slash at the end makes no difference.
 *
 * @param place the kind of thing
 * @param id which key, as it was sent; empty if the place is of no single key
 */
record KeyPath(Place place, String id) {

    /** Kinds of things, and the methods that each has. */
    enum Place {
        /** All keys of the caller. */
        KEYS("GET, HEAD, POST"),
        /** What was done to them. */
        AUDIT("GET, HEAD"),
        /** The caller's own credential. */
        SELF("GET, HEAD"),
        /** What all this is, for programs. */
        DOCUMENT("GET, HEAD"),
        /** One key. */
        KEY("GET, HEAD, PATCH, DELETE"),
        /** The end of a key. */
        REVOCATION("POST"),
        /** The succession to a key. */
        ROTATION("POST");

        private final String allow;

        Place(String allow) {
            this.allow = allow;
        }

        String allow() {
            return allow;
        }
    }

    private static final Pattern ONE = Pattern.compile("/([^/]{1,200})(/revoke|/rotate)?/?");
    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    /** What a path names, or null if it names nothing. */
    static @Nullable KeyPath of(@Nullable String path) {
        if (path == null || path.isEmpty() || path.equals("/")) {
            return new KeyPath(Place.KEYS, "");
        }
        if (path.equals("/audit") || path.equals("/audit/")) {
            return new KeyPath(Place.AUDIT, "");
        }
        if (path.equals("/self") || path.equals("/self/")) {
            return new KeyPath(Place.SELF, "");
        }
        if (path.equals("/openapi.json")) {
            return new KeyPath(Place.DOCUMENT, "");
        }
        Matcher one = ONE.matcher(path);
        return one.matches() ? new KeyPath(place(one.group(2)), one.group(1)) : null;
    }

    private static Place place(@Nullable String action) {
        if (action == null) {
            return Place.KEY;
        }
        return action.equals("/revoke") ? Place.REVOCATION : Place.ROTATION;
    }

    /** The key's identifier, or null if what was sent is none (RFC 9562 section 4). */
    @Nullable
    UUID keyID() {
        return ID.matcher(id).matches() ? UUID.fromString(id) : null;
    }
}
