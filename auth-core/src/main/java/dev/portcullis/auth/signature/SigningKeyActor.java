package dev.portcullis.auth.signature;

/**
 * Who manages signing keys, and from where: what the audit says of every change.
 *
 * @param subject the signed-in user's subject, or a name for the operator or program; 1 to 255 characters, none of them
 *     a control character
 * @param from the client's address, or a word such as {@code command}; 1 to 255 characters, none of them a control
 *     character
 */
public record SigningKeyActor(String subject, String from) {

    /** The application itself, when nobody asked it to. */
    public static final SigningKeyActor APPLICATION = new SigningKeyActor("application", "application");

    /**
     * Checks both texts.
     *
     * @throws IllegalArgumentException if one of them is not as it must be
     */
    public SigningKeyActor {
        SigningKeys.check(subject, "subject");
        SigningKeys.check(from, "from");
    }
}
