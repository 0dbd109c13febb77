package dev.portcullis.auth.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a file in UTF-8, one at a time, each of a bounded length. */
final class Lines implements AutoCloseable {

    private static final int LONGEST = 64 * 1024;

    private final InputStream in;
    private long number;

    Lines(InputStream in) {
        this.in = new BufferedInputStream(in, LONGEST);
    }

    /**
     * A line.
     *
     * @param number which it is, from 1 on
     * @param text its text without its end, or null if it is too long or not UTF-8
     */
    record Line(long number, @Nullable String text) {

        /** Neither its text: it can be anything. */
        @Override
        public String toString() {
            return "Line[" + number + "]";
        }
    }

    /** The next line, or null at the end. */
    @Nullable
    Line next() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean any = false;
        for (int b = in.read(); b >= 0; b = in.read()) {
            any = true;
            if (b == '\n') {
                break;
            }
            if (bytes.size() <= LONGEST) {
                bytes.write(b);
            }
        }
        return any ? new Line(++number, bytes.size() > LONGEST ? null : text(bytes.toByteArray())) : null;
    }

    private static @Nullable String text(byte[] bytes) {
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
