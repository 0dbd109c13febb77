package dev.portcullis.auth.example;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What can be given on the command line or, under the same name in upper case, as an environment variable. All there is
 * to tell of an option stands here; what it means is read in {@link Options}.
 */
public enum Option {
    /** Where the example listens. */
    PORT("NUMBER", "where it listens; 8080 unless given, 0 for any free port"),

    /** Where an issuer publishes its keys. */
    JWKS_URL(
            "URL", "lets in tokens of an issuer of yours: where its JWK Set is;\nhttps, or http on a loopback address"),

    /** The issuer. */
    ISSUER("NAME", "the exact iss of its tokens; required with --jwks-url"),

    /** The names of this API. */
    AUDIENCE(
            "NAME[,NAME]",
            "the names of this API in the tokens' aud;\nrequired with --jwks-url, otherwise portcullis-example"),

    /** Whom tokens may have been issued to. */
    AUTHORIZED_PARTIES("NAME[,NAME]", "whom tokens may have been issued to, by azp; anyone unless given"),

    /** Which API keys are accepted. */
    ENVIRONMENTS("live|test|live,test", "which API keys are accepted; live,test unless given"),

    /** The directory in which keys are kept. */
    DATA(
            "DIR",
            "where API keys are kept, as files of one instance;\nthe directory data unless given, or made if it is not there"),

    /** A PostgreSQL in which keys are kept. */
    DATABASE_URL(
            "URL",
            "keeps API keys in a PostgreSQL instead, which several\ninstances can share: jdbc:postgresql://HOST/NAME"),

    /** Its user. */
    DATABASE_USER("NAME", "its user"),

    /** Its user's password. */
    DATABASE_PASSWORD(
            "TEXT",
            "the user's password; better as DATABASE_PASSWORD, for everybody\non this machine can read what stands on a command line"),

    /** Where a secret-scanning partner publishes its keys. */
    LEAK_KEYS_URL(
            "URL",
            "takes signed reports of keys that were found in public, at /leaks,\nand revokes them: where the partner"
                    + " publishes its keys"),

    /** A Redis for sessions. */
    REDIS_URL("URL", """
            keeps sessions, accounts' standing, login limits and what
            was signed already in a Redis that instances can share:
            redis://[USER:PASSWORD@]HOST[:PORT]; better as REDIS_URL,
            if it holds a password"""),

    /** Whose word is taken for where a request comes from. */
    TRUSTED_PROXIES("IP[,IP]", """
            proxies, by address or CIDR block, whose Forwarded or
            X-Forwarded-For tells where a request comes from"""),

    /** From where nobody is let in. */
    DENIED_COUNTRIES("CC[,CC]", """
            countries from which nobody is let in, such as US,GB,CN
            (ISO 3166-1); needs one of the next two"""),

    /** Which address is in which country. */
    GEOIP_DATABASE("FILE", "a database in MaxMind's format that knows countries (.mmdb)"),

    /** The header in which a proxy tells the country. */
    COUNTRY_HEADER("NAME", "the header in which a trusted proxy tells the country"),

    /** How refusals are written. */
    ERRORS("detail|problem|coded|opaque", "how refusals are written; detail unless given"),

    /** The filters without Spring Security. */
    PLAIN("", "the filters alone, without Spring Security; also for --tour"),

    /** A request for every documented answer. */
    TOUR("", """
            sends a request for every documented answer, to servers of its own
            on free ports, prints what came back, and ends;
            exits with 1 if one differs"""),

    /** What options there are. */
    HELP("", "prints this");

    private static final int COLUMN = 33;

    private final String value;
    private final String help;

    Option(String value, String help) {
        this.value = value;
        this.help = help;
    }

    /** The options of every example. */
    static Set<Option> common() {
        return EnumSet.complementOf(EnumSet.of(PLAIN));
    }

    /** How it is written on the command line. */
    String flag() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it stands alone on the command line, without a value. */
    boolean standsAlone() {
        return value.isEmpty();
    }

    /** Its lines in the text of {@code --help}. */
    String help() {
        String margin = " ".repeat(COLUMN);
        String usage = "  " + flag() + " " + value;
        String start = usage.length() < COLUMN ? usage + margin.substring(usage.length()) : usage + "\n" + margin;
        return start + help.replace("\n", "\n" + margin) + "\n";
    }
}
