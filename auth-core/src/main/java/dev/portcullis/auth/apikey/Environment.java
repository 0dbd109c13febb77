package dev.portcullis.auth.apikey;

/** What a key is meant for. It is written in the key itself, so that a person can tell the two apart at sight. */
public enum Environment {
    /** Real data: {@code grd_live_…}. */
    LIVE("live"),
    /** Trying things out: {@code grd_test_…}. */
    TEST("test");

    private final String label;

    Environment(String label) {
        this.label = label;
    }

    /**
     * The word for it in keys, bodies and stores.
     *
     * @return {@code live} or {@code test}
     */
    public String label() {
        return label;
    }

    /**
     * The environment with a label.
     *
     * @param label {@code live} or {@code test}, exactly
     * @return the environment
     * @throws IllegalArgumentException if there is no such environment
     */
    public static Environment of(String label) {
        for (Environment environment : values()) {
            if (environment.label.equals(label)) {
                return environment;
            }
        }
        throw new IllegalArgumentException("The environment must be 'live' or 'test'");
    }
}
