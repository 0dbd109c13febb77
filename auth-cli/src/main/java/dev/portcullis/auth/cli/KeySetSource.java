package dev.portcullis.auth.cli;

import dev.portcullis.auth.jwt.KeySetReport;
import dev.portcullis.auth.jwt.PublishedKeys;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A JWK Set, in a file or at a URL. */
final class KeySetSource {

    private static final int MOST_BYTES = 256 * 1024;

    private KeySetSource() {}

    static boolean isURL(String place) {
        return place.contains("://");
    }

    /** Reads what is there; with a URL, as a server would fetch it. */
    static KeySetReport read(String place) throws InterruptedException {
        return isURL(place) ? fetched(place) : KeySetReport.of(bytes(place));
    }

    private static KeySetReport fetched(String place) throws InterruptedException {
        URI url;
        try {
            url = new URI(place);
        } catch (URISyntaxException e) {
            // The exception's text is not shown: a URL can hold a password.
            throw Failure.misused("The JWK Set's URL is none: write it in full, from https:// on");
        }
        try {
            return PublishedKeys.at(url).report();
        } catch (IllegalArgumentException e) {
            // These words are our own, and leave out what can be secret in a URL.
            throw Failure.misused(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] bytes(String place) {
        try (InputStream in = Files.newInputStream(Path.of(place))) {
            return in.readNBytes(MOST_BYTES + 1);
        } catch (IOException | InvalidPathException e) {
            throw Failure.misused("The file with the JWK Set cannot be read");
        }
    }
}
