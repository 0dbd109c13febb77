package dev.portcullis.auth.example;

import java.util.Locale;

/** What can be given on the command line or, under the same name in upper case, as an environment variable. */
enum Option {
    PORT,
    JWKS_URL,
    ISSUER,
    AUDIENCE,
    AUTHORIZED_PARTIES,
    ENVIRONMENTS,
    TOUR,
    HELP;

    /** How it is written on the command line. */
    String flag() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it stands alone on the command line, without a value. */
    boolean standsAlone() {
        return this == TOUR || this == HELP;
    }
}
