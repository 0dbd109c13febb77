package dev.portcullis.auth.session;

import java.time.Duration;

/** How a session was opened, which decides how long it lasts. */
public enum LoginType {
    /** With an API key: a day, unless configured. */
    API_KEY("api_key", Duration.ofDays(1)),
    /** In a browser, by a user who had signed in: 7 days, unless configured. */
    WEB("web", Duration.ofDays(7)),
    /** In a mobile application, by a user who had signed in: 90 days, unless configured. */
    MOBILE("mobile", Duration.ofDays(90));

    private final String label;
    private final Duration usualLifetime;

    LoginType(String label, Duration usualLifetime) {
        this.label = label;
        this.usualLifetime = usualLifetime;
    }

    /**
     * The word for it in bodies and stores.
     *
     * @return {@code api_key}, {@code web} or {@code mobile}
     */
    public String label() {
        return label;
    }

    /**
     * How long a session lasts unless that is configured.
     *
     * @return a number of days
     */
    public Duration usualLifetime() {
        return usualLifetime;
    }

    /**
     * The login type with a label.
     *
     * @param label {@code api_key}, {@code web} or {@code mobile}, exactly
     * @return the login type
     * @throws IllegalArgumentException if there is no such login type
     */
    public static LoginType of(String label) {
        for (LoginType type : values()) {
            if (type.label.equals(label)) {
                return type;
            }
        }
        throw new IllegalArgumentException("The login type must be 'api_key', 'web' or 'mobile'");
    }
}
