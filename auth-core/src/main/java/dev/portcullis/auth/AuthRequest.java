package dev.portcullis.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of an HTTP request by which it is decided who is calling and whether the request may go on. Credentials come
 * from headers only: never from the query string or the body.
 */
public interface AuthRequest {

    /**
     * The request method as sent (RFC 9110 section 9), in its own case.
     *
     * @return the method, such as {@code GET}
     */
    String method();

    /**
     * The values of a header field, one for each field line with that name, in the order in which they came.
     *
     * @param name the field name in lower case; matched without regard to case (RFC 9110 section 5.1)
     * @return the values, as sent, one character for each byte (ISO-8859-1); empty if the field is not there
     */
    List<String> headers(String name);

    /**
     * The address of the other end of the connection, which a proxy's is if one stands between.
     *
     * @return the address as a literal, such as {@code 192.0.2.1}; or null, unless overridden, if it is not known: then
     *     nobody is let in whom only some addresses, or only some countries, let in
     */
    default @Nullable String remoteAddress() {
        return null;
    }

    /**
     * The host that the request is for (RFC 9110 section 7.2).
     *
     * @return its name in lower case, without a port and without a dot at the end; or null if it is not exactly one
     */
    default @Nullable String host() {
        return Host.of(headers("host"));
    }

    /**
     * The path as sent, still encoded, without the query and without the application's context path.
     *
     * @return the path; or null, unless overridden, if it is not known or can be read in two ways
     */
    default @Nullable String path() {
        return null;
    }

    /**
     * The query as sent, still encoded.
     *
     * @return what stands after the first question mark of the target; or null, unless overridden, if there is none
     */
    default @Nullable String query() {
        return null;
    }
}
