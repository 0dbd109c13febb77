package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.apikey.KeyRefusal;
import dev.portcullis.auth.apikey.KeyRefusedException;
import dev.portcullis.auth.servlet.RequestFault;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
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
record SigningKeyPath(Place place, String id) {

    /** Kinds of things, and the methods that each has. */
    enum Place {
        /** All keys of the caller. */
        KEYS("GET, HEAD, POST"),
        /** What was done to them. */
        AUDIT("GET, HEAD"),
        /** What all this is, for programs. */
        DOCUMENT("GET, HEAD"),
        /** One key. */
        KEY("GET, HEAD, DELETE");

        private final String allow;

        Place(String allow) {
            this.allow = allow;
        }
    }

    private static final Pattern ONE = Pattern.compile("/([^/]{1,200})/?");

    /**
     * What a request names.
     *
     * @throws RequestFaultException if that is nothing, or the method is not there
     */
    static SigningKeyPath of(HttpServletRequest request) throws RequestFaultException {
        SigningKeyPath path = of(request.getPathInfo());
        if (path == null) {
            throw new RequestFaultException(RequestFault.NOT_FOUND);
        }
        String allow = path.place.allow;
        if (!List.of(allow.split(", ")).contains(request.getMethod())) {
            throw RequestFaultException.notAllowed(allow);
        }
        return path;
    }

    private static @Nullable SigningKeyPath of(@Nullable String path) {
        if (path == null || path.isEmpty() || path.equals("/")) {
            return new SigningKeyPath(Place.KEYS, "");
        }
        if (path.equals("/openapi.json")) {
            return new SigningKeyPath(Place.DOCUMENT, "");
        }
        Matcher one = ONE.matcher(path);
        if (!one.matches()) {
            return null;
        }
        return one.group(1).equals("audit")
                ? new SigningKeyPath(Place.AUDIT, "")
                : new SigningKeyPath(Place.KEY, one.group(1));
    }

    /** The key's identifier; what is none names no key. */
    UUID keyID() {
        UUID found = new KeyPath(KeyPath.Place.KEY, id).keyID();
        if (found == null) {
            throw KeyRefusedException.of(KeyRefusal.SIGNING_KEY_NOT_FOUND);
        }
        return found;
    }
}
