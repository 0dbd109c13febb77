package dev.portcullis.auth.session;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How a session travels: the name of its cookie, and of the header that names the account, on requests and on the answer
 * to a login. Immutable.
 *
 * <p>The header is what a cross-site form cannot send: a cookie alone, which browsers send by themselves, never acts.
 */
public final class SessionTransport {

    private static final SessionTransport USUAL = new SessionTransport("gravity", "X-Grvt-Account-Id");

    /** RFC 9110 section 5.6.7: IMF-fixdate, the one form that is to be written. */
    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final String SEPARATORS = "()<>@,;:\\\"/[]?={}";

    private final String cookieName;
    private final String accountHeader;

    private SessionTransport(String cookieName, String accountHeader) {
        this.cookieName = cookieName;
        this.accountHeader = accountHeader;
    }

    /**
     * The usual names: the cookie {@code gravity} and the header {@code X-Grvt-Account-Id}.
     *
     * @return the transport
     */
    public static SessionTransport usual() {
        return USUAL;
    }

    /**
     * The same with another cookie.
     *
     * @param name the cookie's name, a token (RFC 6265 section 4.1.1)
     * @return another transport
     * @throws IllegalArgumentException if it is no token
     */
    public SessionTransport cookie(String name) {
        return new SessionTransport(checked(name, "cookie"), accountHeader);
    }

    /**
     * The same with another header.
     *
     * @param name the header's name, a token (RFC 9110 section 5.1)
     * @return another transport
     * @throws IllegalArgumentException if it is no token
     */
    public SessionTransport accountHeader(String name) {
        return new SessionTransport(cookieName, checked(name, "accountHeader"));
    }

    private static String checked(String name, String setting) {
        boolean ok = !name.isEmpty() && name.chars().allMatch(c -> c > 0x20 && c < 0x7f && SEPARATORS.indexOf(c) < 0);
        if (!ok) {
            throw new IllegalArgumentException(setting + " must be a token: ASCII letters, digits and !#$%&'*+-.^_`|~");
        }
        return name;
    }

    /**
     * The cookie's name.
     *
     * @return a token, compared with regard to case
     */
    public String cookieName() {
        return cookieName;
    }

    /**
     * The name of the header that names the account.
     *
     * @return a token, compared without regard to case
     */
    public String accountHeader() {
        return accountHeader;
    }

    /**
     * The value of {@code Set-Cookie} that answers a login. It has {@code Expires} and no {@code Max-Age}, for known
     * clients read nothing else.
     *
     * @param opened the session
     * @return the field's value, which holds the session's secret
     */
    public String cookieFor(OpenedSession opened) {
        return field(opened.cookieValue().reveal(), opened.session().expiresAt());
    }

    /**
     * The value of {@code Set-Cookie} that has a client forget its cookie.
     *
     * @return the field's value
     */
    public String cookieToForget() {
        return field("", Instant.EPOCH);
    }

    private String field(String value, Instant expires) {
        return cookieName + "=" + value + "; Path=/; Expires=" + IMF_FIXDATE.format(expires)
                + "; HttpOnly; Secure; SameSite=Lax";
    }

    /**
     * How an account is written in the header: as it is, except that the bytes of what a header cannot hold, in UTF-8,
     * are percent-encoded.
     *
     * @param account the account
     * @return visible ASCII
     */
    public static String headerValueOf(String account) {
        if (account.chars().allMatch(SessionTransport::isVisible)) {
            return account;
        }
        StringBuilder text = new StringBuilder();
        for (byte octet : account.getBytes(StandardCharsets.UTF_8)) {
            if (isVisible(octet)) {
                text.append((char) octet);
            } else {
                text.append('%').append(String.format(Locale.ROOT, "%02X", octet));
            }
        }
        return text.toString();
    }

    private static boolean isVisible(int c) {
        return c > 0x20 && c < 0x7f;
    }

    @Override
    public String toString() {
        return "SessionTransport[" + cookieName + ", " + accountHeader + "]";
    }
}
