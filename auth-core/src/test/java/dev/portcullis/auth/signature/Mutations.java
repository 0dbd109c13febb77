package dev.portcullis.auth.signature;

import java.util.List;
import java.util.SplittableRandom;

/** Texts that are almost as they should be. The same seed makes the same texts. */
final class Mutations {

    /** How many rounds a test makes; more with {@code -Dfuzz.rounds=NUMBER}. */
    static final int ROUNDS = Integer.getInteger("fuzz.rounds", 10_000);

    /** What means something to some reader or other. */
    private static final List<String> PIECES = List.of(
            "",
            " ",
            "\t",
            "\"",
            "\\",
            ":",
            ";",
            ",",
            "=",
            "==",
            "(",
            ")",
            "()",
            "?1",
            "*",
            "-",
            "+",
            "/",
            "_",
            ".",
            "0",
            "00",
            "1",
            "9",
            "A",
            "a",
            "%",
            "%2f",
            "%00",
            "\0",
            "\r\n",
            "\n",
            "\u007f",
            "\u0080",
            "\u00e4",
            "\u00ff",
            "é",
            "sig1",
            "sig2=",
            ";created=1",
            ";nonce=\"\"",
            ";alg=\"ed25519\"",
            ";tag",
            "\"@method\"",
            "\"@query\"",
            "\"content-digest\";sf",
            "sha-256=:",
            "sha-512=::",
            "9999999999999999999",
            "-1",
            "1.0",
            "AAAA");

    private final SplittableRandom random;

    Mutations(long seed) {
        random = new SplittableRandom(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A text from pieces of an alphabet. */
    String text(List<String> alphabet, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(oneOf(alphabet));
        }
        return text.toString();
    }

    String noise(int most) {
        return text(PIECES, most);
    }

    /** The same text with one thing changed, or a few. */
    String of(String text) {
        String mutant = once(text);
        while (random.nextInt(4) == 0) {
            mutant = once(mutant);
        }
        return mutant;
    }

    private String once(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(1, 5));
        return switch (random.nextInt(7)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, from) + oneOf(PIECES) + text.substring(from);
            case 2 -> text.substring(0, from) + oneOf(PIECES) + text.substring(to);
            case 3 -> text.substring(0, to) + text.substring(from);
            case 4 -> text.substring(0, from);
            case 5 -> text.substring(0, from) + flipped(text.substring(from, to)) + text.substring(to);
            default -> text + text.substring(from);
        };
    }

    private String flipped(String text) {
        StringBuilder flipped = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            flipped.setCharAt(i, (char) ((text.charAt(i) ^ 1 << random.nextInt(8)) & 0xff));
        }
        return flipped.toString();
    }
}
