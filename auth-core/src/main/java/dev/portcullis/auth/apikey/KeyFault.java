package dev.portcullis.auth.apikey;

/** What can be wrong with a field of a request about keys. No other words about a field reach a response. */
public enum KeyFault {
    /** It must be given, and is not. */
    REQUIRED("This field is required."),
    /** It is given more than once. */
    REPEATED("This must not be given more than once."),
    /** There is no such field. */
    UNKNOWN_FIELD("There is no such field."),
    /** Its JSON type is another. */
    WRONG_TYPE("This value has the wrong type."),
    /** A body that is not one JSON object of UTF-8 text, or is nested too deeply. */
    MALFORMED_BODY("The body must be one JSON object in UTF-8."),

    /** A name that is empty, or of which nothing can be seen. */
    BLANK("The name must not be blank."),
    /** A name of more than 100 characters. */
    TOO_LONG("The name must have at most 100 characters."),
    /** A name with control characters, line ends, overrides of the direction, or halves of characters. */
    CONTROL_CHARACTERS("The name must not hold control characters."),

    /** Neither {@code live} nor {@code test}. */
    UNKNOWN_ENVIRONMENT("The environment must be live or test."),

    /** Not a {@code scope-token} of RFC 6749 section 3.3. */
    MALFORMED_SCOPE("A scope must be printable ASCII without spaces, quotes and backslashes."),
    /** Not in the catalogue. */
    UNKNOWN_SCOPE("There is no such scope."),
    /** The caller does not hold it. */
    SCOPE_NOT_HELD("A key cannot have a scope that you do not hold."),
    /** More of them than a key can have. */
    TOO_MANY_SCOPES("There are too many scopes."),

    /** Neither an IPv4 or IPv6 address nor a block of them (CIDR) with nothing set behind its prefix. */
    MALFORMED_ADDRESS("An entry must be an IP address or CIDR block, such as 192.0.2.1 or 2001:db8::/32."),
    /** More addresses than an allow-list can have. */
    TOO_MANY_ADDRESSES("There are too many addresses."),

    /** Not a date and time of RFC 3339. */
    MALFORMED_TIME("The time must be written as in RFC 3339, such as 2030-01-31T12:00:00Z."),
    /** Not in the future. */
    NOT_IN_FUTURE("The time must lie in the future."),
    /** Further ahead than the longest lifetime, or than the year 9999. */
    TOO_LATE("The time lies further ahead than a key may live."),

    /** Not from 0 to 30 days. */
    OVERLAP_OUT_OF_RANGE("The overlap must be from 0 seconds to 30 days."),
    /** Not 1 to 255 printable ASCII characters. */
    MALFORMED_IDEMPOTENCY_KEY("The key must have 1 to 255 printable ASCII characters."),

    /** No account, or one whose name is too long or holds control characters. */
    MALFORMED_OWNER("The owner must have 1 to 255 characters, none of them a control character."),
    /** Not the shown part of a key of this scheme. */
    MALFORMED_KEY_PREFIX("The prefix must be as in grd_live_0123abcd, with the scheme that is configured."),
    /** A hash that is not the plain SHA-256 of a key. */
    KEYED_HASH("The hash must be the plain SHA-256 of the key."),

    /** Not an Ed25519 key in its one encoding, or one of small order. */
    MALFORMED_PUBLIC_KEY(
            "The public key must be the base64 of the 32 bytes of an Ed25519 key, and not of small order."),

    /** Not from 1 to 1,000. */
    LIMIT_OUT_OF_RANGE("The limit must be from 1 to 1000."),
    /** Not a cursor of a page before. */
    MALFORMED_CURSOR("The cursor must be one that a page before has given.");

    private final String message;

    KeyFault(String message) {
        this.message = message;
    }

    /**
     * The exact words that the client is told.
     *
     * @return a sentence with its full stop, in ASCII without quotes and backslashes
     */
    public String message() {
        return message;
    }
}
