package dev.portcullis.auth;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Judges API keys for what hangs on them: a session that a key has opened dies with it. Each judgement is of the key as it
 * stands at that moment, and counts as a use of it.
 *
 * <p>Implementations are safe for use by many threads at once.
 */
public interface KeyJudge {

    /**
     * Judges a key by itself, as it was sent.
     *
     * @param key what should be a whole key
     * @return what came out
     * @throws AuthUnavailableException if the key could not be checked
     */
    KeyVerdict judge(SecretText key);

    /**
     * Judges a key that was good before, by what was remembered of it. This is as cheap as judging the key itself.
     *
     * @param id the key's identifier
     * @param hash the key's hash as it was told last; if the key has been hashed anew since, it is found all the same,
     *     less cheaply
     * @return what came out
     * @throws AuthUnavailableException if the key could not be checked
     */
    KeyVerdict judge(UUID id, SHA256 hash);

    /**
     * Judges a key again, which is found with less ado if it still stands as this judge knew it. It is judged as it stands
     * now all the same.
     *
     * @param id the key's identifier
     * @param hash the key's hash as it was told last
     * @param known what the latest judgement came with ({@link KeyVerdict.Good#known()}), if that is remembered
     * @return what came out
     * @throws AuthUnavailableException if the key could not be checked
     */
    default KeyVerdict judge(UUID id, SHA256 hash, @Nullable KnownKey known) {
        return judge(id, hash);
    }

    /**
     * Knows no key, where none opens sessions.
     *
     * @return a judge to whom every key is unknown
     */
    static KeyJudge ofNoKeys() {
        return NoKeys.INSTANCE;
    }
}
