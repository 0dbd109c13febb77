package dev.portcullis.auth.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Has H2 find all that a process has written which was killed. H2 writes a commit as a chunk, anywhere in the file, and
 * begins to look for the newest one where the header points. From version 2.3.230 on the header can point one chunk too
 * far back (H2 writes it before it counts the new chunk as the last one), so that up to twenty answered commits are there
 * and not found. This looks at all chunks, and has the header point to the newest that is whole, never back. Whether it can
 * be used is for H2 to say: it goes back to older ones by itself.
 */
final class NewestChunk {

    private static final int BLOCK = 4096;

    /** The header is there twice, in a block each. */
    private static final int HEADERS = 2;

    private static final int FOOTER = 128;

    private static final int HEX = 16;

    private static final String FLETCHER = "fletcher";

    private static final String VERSION = "version";

    /** What H2 has open in this process: to close such a file would end the lock that H2 holds on it. */
    private static final Queue<FileChannel> LEFT_OPEN = new ConcurrentLinkedQueue<>();

    /**
     * A chunk.
     *
     * @param time when it was written: of chunks with one version those that H2 has once given up are older
     */
    private record Chunk(long block, long id, long version, long time) {

        private static final Comparator<Chunk> AGE =
                Comparator.comparingLong(Chunk::time).thenComparingLong(Chunk::version);

        boolean isNewerThan(@Nullable Chunk other) {
            return other == null || AGE.compare(this, other) > 0;
        }

        /** By both measures: a clock that was set back makes old ones look new, and so does a version given twice. */
        boolean comesAfter(long headerVersion, @Nullable Chunk known) {
            return version > headerVersion && (known == null || time >= known.time);
        }
    }

    private final FileChannel file;

    private NewestChunk(FileChannel file) {
        this.file = file;
    }

    /**
     * Does so, unless the file is not there, or is none that H2 would write to.
     *
     * @return false if another process has it open
     * @throws IOException if it cannot be read or written though it may be
     */
    static boolean findIn(Path path) throws IOException {
        if (!Files.isRegularFile(path) || !Files.isReadable(path) || !Files.isWritable(path)) {
            return true;
        }
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean isOpenHere = false;
        try (FileLock lock = file.tryLock()) { // the one that H2 takes
            if (lock != null) {
                new NewestChunk(file).find();
            }
            return lock != null;
        } catch (OverlappingFileLockException e) {
            isOpenHere = true;
            LEFT_OPEN.add(file);
            return true;
        } finally {
            if (!isOpenHere) {
                file.close();
            }
        }
    }

    /** What H2 would not take for a file of its own, or has closed, is left as it is. */
    private void find() throws IOException {
        Map<String, String> header = header();
        if (!"2".equals(header.get("H"))
                || !"3".equals(header.get("format"))
                || number(header, "blockSize") != BLOCK
                || number(header, "clean") > 0) {
            return;
        }
        long blocks = file.size() / BLOCK;
        Chunk known = at(number(header, "block"), blocks);
        Chunk newest = null;
        for (long block = HEADERS; block < blocks; block++) {
            Chunk chunk = at(block, blocks);
            if (chunk != null && chunk.comesAfter(number(header, VERSION), known) && chunk.isNewerThan(newest)) {
                newest = chunk;
            }
        }
        if (newest != null) {
            pointTo(newest, header);
        }
    }

    /** The newer of both, or nothing if neither is whole. */
    private Map<String, String> header() throws IOException {
        Map<String, String> newest = Map.of();
        for (int i = 0; i < HEADERS; i++) {
            Map<String, String> header = entries(read((long) i * BLOCK, BLOCK));
            if (isSound(header) && number(header, VERSION) > number(newest, VERSION)) {
                newest = header;
            }
        }
        return newest;
    }

    /** The chunk that begins there, if it is whole. */
    private @Nullable Chunk at(long block, long blocks) throws IOException {
        if (block < HEADERS || block >= blocks) {
            return null;
        }
        Map<String, String> start = entries(read(block * BLOCK, FOOTER * 2));
        long length = number(start, "len");
        if (!start.containsKey("chunk") || length < 1 || length > blocks - block) {
            return null;
        }
        Map<String, String> end = entries(read((block + length) * BLOCK - FOOTER, FOOTER));
        boolean whole = number(end, "chunk") == number(start, "chunk")
                && number(end, VERSION) == number(start, VERSION)
                && number(end, "len") == length
                && isSound(end);
        return whole ? new Chunk(block, number(start, "chunk"), number(start, VERSION), number(start, "time")) : null;
    }

    private void pointTo(Chunk chunk, Map<String, String> header) throws IOException {
        header.put("block", Long.toHexString(chunk.block));
        header.put("chunk", Long.toHexString(chunk.id));
        header.put(VERSION, Long.toHexString(chunk.version));
        String text = lineOf(header);
        String checked = text + "," + FLETCHER + ":" + Long.toHexString(fletcher(text)) + "\n";
        if (checked.length() > BLOCK) {
            return;
        }
        ByteBuffer both = ByteBuffer.allocate(HEADERS * BLOCK);
        for (int i = 0; i < HEADERS; i++) {
            both.position(i * BLOCK).put(checked.getBytes(StandardCharsets.ISO_8859_1));
        }
        both.rewind();
        while (both.hasRemaining()) {
            file.write(both, both.position());
        }
        file.force(true);
    }

    private static String lineOf(Map<String, String> entries) {
        return entries.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(FLETCHER))
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    private static boolean isSound(Map<String, String> line) {
        return number(line, FLETCHER) == fletcher(lineOf(line));
    }

    /** H2's checksum of a line: sums of pairs of bytes, which are never 0. */
    static long fletcher(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        long first = 0;
        long second = 0;
        for (int i = 0; i < bytes.length; i += 2) {
            int low = i + 1 < bytes.length ? bytes[i + 1] & 0xff : 0;
            first = (first + (((bytes[i] & 0xff) << 8) | low)) % 0xffff;
            second = (second + first) % 0xffff;
        }
        return ((second == 0 ? 0xffff : second) << 16) | (first == 0 ? 0xffff : first);
    }

    private String read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) > 0) {
            // More may come.
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    }

    /** What stands in a line such as {@code chunk:1f,len:3}; nothing if it is no such line. */
    private static Map<String, String> entries(String text) {
        Map<String, String> entries = new LinkedHashMap<>();
        int end = text.indexOf('\n');
        for (String entry : text.substring(0, Math.max(0, end)).trim().split(",", -1)) {
            int colon = entry.indexOf(':');
            if (colon < 1) {
                return new LinkedHashMap<>();
            }
            entries.put(entry.substring(0, colon), entry.substring(colon + 1));
        }
        return entries;
    }

    private static long number(Map<String, String> entries, String key) {
        try {
            return Long.parseLong(entries.getOrDefault(key, "-1"), HEX);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
