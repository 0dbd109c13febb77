package dev.portcullis.auth.jwt;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One element of a JWK Set's {@code keys}, and what came of it.
 *
 * @param number its place in the set, from 1 on
 * @param members its members as {@link PublishedKey#members} gives them, or null if it is no object with distinct ones
 * @param published the key, if it is fit for RS256 by itself
 * @param signingKey the key, ready to verify with, unless it is passed over
 * @param problem why it is not used, or null if there is nothing against it
 */
record JudgedKey(
        int number,
        @Nullable Map<String, Object> members,
        @Nullable PublishedKey published,
        @Nullable SigningKey signingKey,
        @Nullable String problem) {

    /** An element by itself, before it is compared with the others. */
    static JudgedKey of(int number, @Nullable Map<String, Object> members) {
        try {
            if (members == null) {
                throw new UnusableKeyException("it is not a JSON object with distinct members");
            }
            return new JudgedKey(number, members, PublishedKey.of(members), null, null);
        } catch (UnusableKeyException e) {
            return new JudgedKey(number, members, null, null, e.problem());
        }
    }

    /** This key, not to be used. */
    JudgedKey passedOver(String why) {
        return new JudgedKey(number, members, published, null, why);
    }

    /** This key, to be used; unless there is something against that which depends on the whole set. */
    JudgedKey ready(SigningKey key, @Nullable String unless) {
        return new JudgedKey(number, members, published, key, unless);
    }

    /** What it goes by in the log. */
    String name() {
        Object kid = members == null ? null : members.get("kid");
        if (kid instanceof String text) {
            return LogText.quoted(text);
        }
        return published == null ? "number " + number : "one without kid";
    }
}
