package dev.portcullis.auth;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of an HTTP request by which it is decided who is calling and whether the request may go on. Credentials come
 * from headers only: never from the query string or the body, which are read only for what is signed.
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
     * The credentials that the request presents in {@code Authorization} and {@code x-api-key}, for which every method asks.
     *
     * @return {@link PresentedCredentials#of} this request; whoever overrides this only remembers them
     */
    default PresentedCredentials credentials() {
        return PresentedCredentials.of(this);
    }

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
     * The request target as sent: the path, still encoded and with the application's context path, and behind a question
     * mark the query, if there is one (RFC 9112 section 3.2.1).
     *
     * @return the target; or null, unless overridden, if it is not known
     */
    default @Nullable String target() {
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
     * The segments of the path, decoded as routers decode them: {@code /pairs/%50EPE/} has those of {@code /pairs/PEPE}. Rules
     * about what a path names compare these, for {@link #path} has many spellings.
     *
     * @return the segments; empty if there are none, or the path is not known or can be read in two ways
     */
    default List<String> segments() {
        String path = path();
        return path == null || !RequestPath.isSound(path) ? List.of() : RequestPath.segments(path);
    }

    /**
     * The query as sent, still encoded.
     *
     * @return what stands after the first question mark of the target; or null, unless overridden, if there is none
     */
    default @Nullable String query() {
        return null;
    }

    /**
     * The host and port that the request is for, as sent (RFC 9110 section 7.2).
     *
     * @return what the one {@code Host} field holds, without the port that its scheme has by itself where the scheme is
     *     known; or null if there is not exactly one
     */
    default @Nullable String authority() {
        List<String> hosts = headers("host");
        return hosts.size() == 1 ? hosts.get(0) : null;
    }

    /**
     * The body as received, without its transfer coding. The application can still read it afterwards.
     *
     * @param most how many bytes can be taken
     * @return the bytes, empty if there is no body; or null if there are more, and then the application can no longer
     *     read it
     * @throws IOException if it breaks off, or is malformed
     * @throws UnsupportedOperationException unless overridden: what cannot be read must not be taken for signed
     */
    default byte @Nullable [] body(int most) throws IOException {
        throw new UnsupportedOperationException("The body cannot be read here, so that signatures cannot be checked");
    }
}
