package dev.portcullis.auth;

import java.util.UUID;

/** To whom every key is unknown. */
final class NoKeys implements KeyJudge {

    static final NoKeys INSTANCE = new NoKeys();

    private static final KeyVerdict UNKNOWN = new KeyVerdict.Bad(Reason.UNKNOWN_API_KEY);

    private NoKeys() {}

    @Override
    public KeyVerdict judge(SecretText key) {
        return UNKNOWN;
    }

    @Override
    public KeyVerdict judge(UUID id, SHA256 hash) {
        return UNKNOWN;
    }
}
