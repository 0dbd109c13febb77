package dev.portcullis.auth.jwt;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which URLs keys can be fetched from: whoever can change what comes from there can sign tokens. */
final class JWKSAddress {

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

    /** Names and literals that no resolver can point elsewhere (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3, RFC 4291). */
    private static final Pattern LOOPBACK = Pattern.compile(
            "localhost|127\\." + OCTET + "\\." + OCTET + "\\." + OCTET + "|\\[(::1|0:0:0:0:0:0:0:1)]",
            Pattern.CASE_INSENSITIVE);

    private JWKSAddress() {}

    static URI checked(URI jwks) {
        String scheme = String.valueOf(jwks.getScheme()).toLowerCase(Locale.ROOT);
        String host = jwks.getHost();
        require(jwks.isAbsolute() && host != null, jwks, "must be an absolute URL with a host name");
        require(jwks.getRawUserInfo() == null, jwks, "must not hold user information: take it out of the URL");
        require(jwks.getRawFragment() == null, jwks, "must not have a fragment: take away what follows the #");
        boolean loopback = LOOPBACK.matcher(String.valueOf(host)).matches();
        require(
                scheme.equals("https") || (scheme.equals("http") && loopback),
                jwks,
                "must begin with https:// (http:// is for loopback addresses alone)");
        return jwks;
    }

    /** The message names scheme, host and path only: the rest can hold a password. */
    private static void require(boolean met, URI jwks, String rule) {
        if (!met) {
            String shown =
                    jwks.getScheme() + "://" + jwks.getHost() + (jwks.getRawPath() == null ? "" : jwks.getRawPath());
            throw new IllegalArgumentException("The URL of published keys " + LogText.quoted(shown) + " " + rule);
        }
    }
}
