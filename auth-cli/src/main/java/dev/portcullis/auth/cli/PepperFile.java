package dev.portcullis.auth.cli;

import dev.portcullis.auth.SecretText;
import dev.portcullis.auth.apikey.KeyHashing;
import dev.portcullis.auth.apikey.Pepper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How keys are hashed, as a file tells: a line for each pepper, of its version, a colon and the secret in base64. The
 * first is the current one, the others are accepted, and so are keys without a pepper if there is a line
 * {@code unkeyed}. Empty lines and those that begin with {@code #} say nothing.
 */
final class PepperFile {

    private static final Pattern PEPPER = Pattern.compile("([0-9]{1,5}):([A-Za-z0-9+/=]+)");
    private static final String UNKEYED = "unkeyed";

    private PepperFile() {}

    static KeyHashing read(Path path) {
        List<Pepper> peppers = new ArrayList<>();
        boolean unkeyed = false;
        try (InputStream in = Files.newInputStream(path);
                Lines lines = new Lines(in)) {
            for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
                String text = line.text() == null ? "?" : line.text().strip();
                if (text.equals(UNKEYED)) {
                    unkeyed = true;
                } else if (!text.isEmpty() && !text.startsWith("#")) {
                    peppers.add(pepper(line.number(), text));
                }
            }
        } catch (IOException e) {
            throw Failure.misused("--pepper-file: the file cannot be read");
        }
        return hashing(peppers, unkeyed);
    }

    private static Pepper pepper(long line, String text) {
        Matcher matcher = PEPPER.matcher(text);
        if (!matcher.matches()) {
            throw fault(line, "write a version, a colon and the secret in base64, or " + UNKEYED);
        }
        try {
            return Pepper.fromBase64(Integer.parseInt(matcher.group(1)), SecretText.of(matcher.group(2)));
        } catch (IllegalArgumentException e) {
            // These words are auth-core's own, and hold nothing of the secret.
            throw fault(line, String.valueOf(e.getMessage()));
        }
    }

    private static Failure fault(long line, String problem) {
        return Failure.misused("--pepper-file, line " + line + ": " + problem);
    }

    private static KeyHashing hashing(List<Pepper> peppers, boolean unkeyed) {
        if (peppers.isEmpty()) {
            throw Failure.misused("--pepper-file: there is no pepper in the file");
        }
        KeyHashing.Builder hashing = KeyHashing.keyed(peppers.get(0));
        peppers.stream().skip(1).forEach(hashing::accept);
        if (unkeyed) {
            hashing.acceptUnkeyed();
        }
        try {
            return hashing.build();
        } catch (IllegalArgumentException e) {
            throw Failure.misused("--pepper-file: two peppers have the same version");
        }
    }
}
