package dev.portcullis.auth.apikey;

import org.jspecify.annotations.Nullable;

/** What a key can be called: something that can be seen, on one line, and that leaves what stands beside it alone. */
final class KeyName {

    private static final int LONGEST = 100;

    private KeyName() {}

    /** What is wrong with a name, or null if nothing is. */
    static @Nullable KeyFault faultOf(String name) {
        if (name.codePoints().noneMatch(KeyName::isSeen)) {
            return name.codePoints().allMatch(KeyName::isHarmless) ? KeyFault.BLANK : KeyFault.CONTROL_CHARACTERS;
        }
        if (name.codePointCount(0, name.length()) > LONGEST) {
            return KeyFault.TOO_LONG;
        }
        return name.codePoints().allMatch(KeyName::isHarmless) ? null : KeyFault.CONTROL_CHARACTERS;
    }

    /**
     * No control character, no line or paragraph separator, no half of a character, nothing that Unicode calls no
     * character; and none of the controls that write text from right to left over its surroundings (UAX 9 section 2),
     * with which a name could change how a page or a terminal shows the key beside it. Marks of direction and joiners,
     * which languages and emoji need, stay.
     */
    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069) && !isNonCharacter(c);
        };
    }

    private static boolean isNonCharacter(int c) {
        return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
    }

    /** Neither white space, nor of no width, nor one of the letters and symbols that are blank. */
    private static boolean isSeen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            default -> c != 0x115f && c != 0x1160 && c != 0x3164 && c != 0xffa0 && c != 0x2800;
        };
    }
}
