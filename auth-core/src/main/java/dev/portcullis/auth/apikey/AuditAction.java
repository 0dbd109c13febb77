package dev.portcullis.auth.apikey;

/** What can happen to a key. */
public enum AuditAction {
    /** It was issued, also as the successor of another. */
    ISSUE("issue"),
    /** It was given a successor. */
    ROTATE("rotate"),
    /** It was revoked. */
    REVOKE("revoke"),
    /** Its name or scopes were changed. */
    CHANGE("change"),
    /** It was deleted. */
    DELETE("delete"),
    /** It was taken over from elsewhere, as a hash. */
    IMPORT("import"),
    /** It was revoked because it was found in public. */
    LEAK_REVOCATION("leak-revocation");

    private final String label;

    AuditAction(String label) {
        this.label = label;
    }

    /**
     * The word for it in bodies and stores.
     *
     * @return lower-case letters and hyphens
     */
    public String label() {
        return label;
    }

    /**
     * The action with a label.
     *
     * @param label such as {@code revoke}, exactly
     * @return the action
     * @throws IllegalArgumentException if there is no such action
     */
    public static AuditAction of(String label) {
        for (AuditAction action : values()) {
            if (action.label.equals(label)) {
                return action;
            }
        }
        throw new IllegalArgumentException("There is no such audit action");
    }
}
