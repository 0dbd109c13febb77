package dev.portcullis.auth.signature;

/** What can happen to a signing key. */
public enum SigningKeyAction {
    /** It was registered. */
    REGISTER("register"),
    /** It was deleted. */
    DELETE("delete");

    private final String label;

    SigningKeyAction(String label) {
        this.label = label;
    }

    /**
     * The word for it in bodies and stores.
     *
     * @return lower-case letters
     */
    public String label() {
        return label;
    }

    /**
     * The action with a label.
     *
     * @param label such as {@code delete}, exactly
     * @return the action
     * @throws IllegalArgumentException if there is no such action
     */
    public static SigningKeyAction of(String label) {
        for (SigningKeyAction action : values()) {
            if (action.label.equals(label)) {
                return action;
            }
        }
        throw new IllegalArgumentException("There is no such action on a signing key");
    }
}
