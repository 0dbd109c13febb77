package dev.portcullis.auth.session;

/**
 * A short name in ASCII as five numbers. They lie within whatever holds them, where a string and its characters are two
 * more places in memory to wait for. A packed name and another one are the same if, and only if, their lengths and their
 * numbers are.
 */
final class PackedName {

    /** The length of a name that is not packed, for its numbers are not its own. */
    static final int NOT_PACKED = -1;

    /** The longest name, in characters: a UUID, with some room to spare. */
    private static final int LONGEST = 40;

    private static final int PER_WORD = 8;

    /** Stands for every character beyond ASCII, and so for none that a packed name has. */
    private static final int OTHER = 0x80;

    private PackedName() {}

    /** The length of a name if it can be packed. */
    static int lengthOf(String name) {
        return name.length() <= LONGEST && name.chars().allMatch(c -> c < OTHER) ? name.length() : NOT_PACKED;
    }

    /** One of the numbers, from 0 to 4: eight characters, or what is left of them. */
    static long word(String name, int index) {
        long word = 0;
        int end = Math.min(name.length(), (index + 1) * PER_WORD);
        for (int i = index * PER_WORD; i < end; i++) {
            word = word << PER_WORD | Math.min(name.charAt(i), OTHER);
        }
        return word;
    }
}
