package dev.portcullis.auth;

/**
 * Who manages keys, and from where: what the audit says of every change.
 *
 * @param subject the signed-in user's subject, or a name for the operator or program; 1 to 255 characters, none of them
 *     a control character
 * @param from the client's address, or a word such as {@code command}; 1 to 255 characters, none of them a control
 *     character
 */
public record Actor(String subject, String from) {

    /** The application itself, when nobody asked it to. */
    public static final Actor APPLICATION = new Actor("application", "application");

    /**
     * Checks both texts.
     *
     * @param subject who acts
     * @param from where from
     * @throws IllegalArgumentException if one of them is not as it must be
     */
    public Actor {
        checkText(subject, "subject");
        checkText(from, "from");
    }

    private static void checkText(String text, String what) {
        if (!AccountName.isOne(text)) {
            throw new IllegalArgumentException(
                    what + " must have 1 to 255 characters, none of them a control character");
        }
    }
}
