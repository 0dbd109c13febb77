package dev.portcullis.auth.signature;

/** Which signed requests are let in only once. */
public enum ReplayProtection {
    /** All of them. Two clients that ask for the same in the same second sign the same bytes: one of them is refused. */
    ALL,
    /** Those whose method can change something: all but {@code GET}, {@code HEAD}, {@code OPTIONS} and {@code TRACE}. */
    UNSAFE,
    /** None: whoever overhears a request can send it again within the window. */
    OFF;

    /** Whether a request with this method is let in only once. */
    boolean covers(String method) {
        return switch (this) {
            case ALL -> true;
            case OFF -> false;
            case UNSAFE ->
                switch (method) {
                    case "GET", "HEAD", "OPTIONS", "TRACE" -> false;
                    default -> true;
                };
        };
    }
}
