package dev.portcullis.auth.redis;

import java.util.regex.Pattern;

/** What is sent: the topic and the identifier with a colon between them, or the topic alone if it could be any. */
final class Notice {

    private static final Pattern TOPIC = Pattern.compile("[a-z0-9-]{1,40}");

    private static final int LONGEST_ID = 255;

    private Notice() {}

    /** The notice of one thing; of all, if its identifier is too long to be sent, or has control characters. */
    static String of(String topic, String id) {
        boolean canBeNamed = !id.isEmpty()
                && id.length() <= LONGEST_ID
                && id.chars().noneMatch(Character::isISOControl)
                && Names.canBeStored(id);
        return canBeNamed ? topic + ":" + id : topic;
    }

    /**
     * The same topic.
     *
     * @throws IllegalArgumentException if it is none
     */
    static String checkedTopic(String topic) {
        if (!TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException("A topic has 1 to 40 lower-case letters, digits and hyphens");
        }
        return topic;
    }
}
