package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.IssuedAPIKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** A new file with the plaintexts of new keys, which only its owner can read. */
final class KeyFile implements AutoCloseable {

    private final FileChannel channel;
    private final boolean json;

    KeyFile(FileChannel channel, boolean json) {
        this.channel = channel;
        this.json = json;
    }

    /**
     * Makes the file.
     *
     * @param json whether each line is to be a JSON object, and not a line of CSV
     */
    static KeyFile create(Path path, boolean json) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            FileChannel channel =
                    FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
            KeyFile file = new KeyFile(channel, json);
            if (!json) {
                file.write("id,key_prefix,name,plaintext\n");
            }
            return file;
        } catch (FileAlreadyExistsException e) {
            throw Failure.misused("--output: there is such a file already, and it is left alone: name another one");
        } catch (IOException | UnsupportedOperationException e) {
            throw Failure.misused("--output: the file cannot be made");
        }
    }

    /** Writes keys, and has them on the disk when it returns. */
    void add(List<IssuedAPIKey> keys) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (IssuedAPIKey issued : keys) {
            lines.append(json ? object(issued) : row(issued)).append('\n');
        }
        write(lines.toString());
        channel.force(true);
    }

    private static String object(IssuedAPIKey issued) {
        return JSON.line(JSON.object()
                .with("id", issued.key().id().toString())
                .with("key_prefix", issued.key().keyPrefix())
                .with("name", issued.key().name())
                .with("plaintext", issued.plaintext())
                .map());
    }

    /** RFC 4180, but for its line ends, which shells would take for a part of the key. Only a name must be quoted. */
    private static String row(IssuedAPIKey issued) {
        return issued.key().id() + "," + issued.key().keyPrefix() + ",\""
                + issued.key().name().replace("\"", "\"\"") + "\"," + issued.plaintext();
    }

    private void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Never a key. */
    @Override
    public String toString() {
        return "KeyFile";
    }
}
