package dev.portcullis.auth;

import java.util.List;

/**
 * The part of an HTTP request that authentication reads. Credentials come from headers only: never from the query
 * string or the body.
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
}
