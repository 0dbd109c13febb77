package dev.portcullis.auth.apikey;

/** A key that has just been issued, with the one copy of its plaintext there ever is: only its owner may see it. */
public final class IssuedAPIKey {

    private final APIKey key;
    private final String plaintext;

    IssuedAPIKey(APIKey key, String plaintext) {
        this.key = key;
        this.plaintext = plaintext;
    }

    /**
     * What was stored.
     *
     * @return the key
     */
    public APIKey key() {
        return key;
    }

    /**
     * The key itself. Whoever asks for it must keep it out of logs, exceptions and events.
     *
     * @return the secret, such as {@code grd_live_} and 48 digits
     */
    public String plaintext() {
        return plaintext;
    }

    /** Never the plaintext. */
    @Override
    public String toString() {
        return "IssuedAPIKey[" + key + ", plaintext=redacted]";
    }
}
