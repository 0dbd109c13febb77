package dev.portcullis.auth.servlet.keys;

import dev.portcullis.auth.apikey.KeyRefusal;
import dev.portcullis.auth.apikey.KeyRefusedException;
import dev.portcullis.auth.servlet.RequestFault;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a path below the endpoints' own names. A slash at the end makes no difference.
 *
 * @param id which key, as it was sent; empty for all keys of the caller
 */
record SigningKeyPath(String id) {

    private static final Pattern ONE = Pattern.compile("/([^/]{1,200})/?");

    /**
     * What a request names.
     *
     * @throws RequestFaultException if that is nothing, or the method is not there
     */
    static SigningKeyPath of(HttpServletRequest request) throws RequestFaultException {
        String path = request.getPathInfo();
        boolean all = path == null || path.isEmpty() || path.equals("/");
        Matcher one = ONE.matcher(all ? "" : path);
        if (!all && !one.matches()) {
            throw new RequestFaultException(RequestFault.NOT_FOUND);
        }
        String allow = all ? "GET, HEAD, POST" : "DELETE";
        if (!List.of(allow.split(", ")).contains(request.getMethod())) {
            throw RequestFaultException.notAllowed(allow);
        }
        return new SigningKeyPath(all ? "" : one.group(1));
    }

    boolean isOfAll() {
        return id.isEmpty();
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
