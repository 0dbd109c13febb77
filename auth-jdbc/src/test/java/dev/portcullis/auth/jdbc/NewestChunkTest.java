package dev.portcullis.auth.jdbc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.portcullis.auth.apikey.APIKeyStore;
import dev.portcullis.auth.apikey.AddTerms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not as H2 leaves them: they are never made worse. */
class NewestChunkTest {

    private static final int BLOCK = 4096;

    private static final String HEADER = "H:2,block:2,blockSize:1000,chunk:5,created:18c,format:3,version:5";

    @TempDir
    Path directory;

    private static String checked(String line) {
        return line + ",fletcher:" + Long.toHexString(NewestChunk.fletcher(line)) + "\n";
    }

    private static byte[] block(String start, String end) {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        block.put(start.getBytes(ISO_8859_1)).position(BLOCK - 128).put(end.getBytes(ISO_8859_1));
        return block.array();
    }

    private static byte[] chunk(int version, int time) {
        return block(
                "chunk:%x,len:1,time:%x,version:%x\n".formatted(version, time, version),
                checked("chunk:%x,len:1,version:%x".formatted(version, version)));
    }

    private static byte[] file(byte[]... blocks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Stream.of(blocks).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] withHeader(String header, byte[]... chunks) {
        return file(block(header, ""), block(header, ""), file(chunks));
    }

    /** What becomes of a file. */
    private byte[] after(byte[] before) throws IOException {
        Path file = Files.write(directory.resolve("portcullis.mv.db"), before);
        assertThat(NewestChunk.findIn(file)).isTrue();
        return Files.readAllBytes(file);
    }

    private static String firstLine(byte[] file, int block) {
        String text = new String(file, block * BLOCK, BLOCK, ISO_8859_1);
        return text.substring(0, text.indexOf('\n') + 1);
    }

    @Test
    void the_header_points_to_the_newest_chunk() throws IOException {
        byte[] found = after(withHeader(checked(HEADER), chunk(5, 100), chunk(7, 102), chunk(6, 101)));
        String expected = checked("H:2,block:3,blockSize:1000,chunk:7,created:18c,format:3,version:7");
        assertThat(firstLine(found, 0)).isEqualTo(expected);
        assertThat(firstLine(found, 1)).isEqualTo(expected);
    }

    /** One that is torn is not believed; the other one is. */
    @Test
    void one_whole_header_is_enough() throws IOException {
        byte[] torn = block(checked(HEADER).replace("block:2", "block:4"), "");
        byte[] found = after(file(torn, block(checked(HEADER), ""), chunk(5, 100), chunk(6, 101)));
        assertThat(firstLine(found, 0)).contains("block:3").isEqualTo(firstLine(found, 1));
    }

    static Stream<byte[]> leftAlone() {
        String header = checked(HEADER);
        byte[] old = chunk(5, 100);
        byte[] newer = chunk(6, 101);
        byte[] torn = chunk(6, 101);
        Arrays.fill(torn, BLOCK - 128, BLOCK, (byte) 0);
        byte[] random = new byte[5 * BLOCK];
        new Random(1).nextBytes(random);
        return Stream.of(
                new byte[0],
                new byte[] {'\n'},
                random,
                "H2encrypt\n".repeat(2000).getBytes(ISO_8859_1),
                "SQLite format 3\0".repeat(1000).getBytes(ISO_8859_1),
                header.getBytes(ISO_8859_1),
                withHeader(header),
                withHeader(header, old),
                withHeader(header, old, torn),
                Arrays.copyOf(withHeader(header, old, newer), 4 * BLOCK - 1),
                withHeader(header.replace("block:2", "block:3"), old, newer),
                withHeader(checked(HEADER.replace("format:3", "format:4")), old, newer),
                withHeader(checked(HEADER.replace("H:2", "H:3")), old, newer),
                withHeader(checked(HEADER.replace("blockSize:1000", "blockSize:2000")), old, newer),
                withHeader(checked(HEADER + ",clean:1"), old, newer),
                withHeader(checked(HEADER.replace("block:2", "block:7fffffffffffffff"))),
                withHeader(checked(HEADER.replace("block:2", "block:-7fffffffffffffff"))),
                withHeader(header, old, block("chunk:6,len:7fffffffffffffff,time:fff,version:6\n", "")),
                withHeader(header, old, block("chunk:6,len:7fffffffffffe,time:fff,version:6\n", "")),
                // The clock was set back after 4, and 6 was given up before 5 was written.
                withHeader(header, old, chunk(4, 900)),
                withHeader(header, old, chunk(6, 99)));
    }

    @ParameterizedTest
    @MethodSource("leftAlone")
    void all_else_is_left_as_it_is(byte[] file) throws IOException {
        assertThat(after(file)).isEqualTo(file);
    }

    @Test
    void an_encrypted_database_is_left_as_it_is() throws IOException {
        String url = "jdbc:h2:" + directory.resolve("portcullis") + ";CIPHER=AES";
        try (HikariDataSource pool = TestDatabase.pool(url, settings -> settings.setPassword("file user"))) {
            TestDatabase.run(pool, "create table t(a int)", "insert into t select x from system_range(1, 1000)");
            byte[] file = Files.readAllBytes(directory.resolve("portcullis.mv.db"));
            Files.createDirectory(directory.resolve("copy"));
            Path copy = Files.write(directory.resolve("copy/portcullis.mv.db"), file);
            assertThat(NewestChunk.findIn(copy)).isTrue();
            assertThat(copy).hasBinaryContent(file);
        }
    }

    /** Cut anywhere, as by a full disk or a bad copy: H2 finds no less afterwards than it would have. */
    @ParameterizedTest
    @ValueSource(ints = {20, 40, 60, 70, 80, 90, 95, 99})
    void a_truncated_file_is_made_no_worse(int percent) throws IOException {
        byte[] whole;
        Path file = directory.resolve("portcullis.mv.db");
        try (HikariDataSource pool =
                TestDatabase.pool(EmbeddedDatabase.url(directory) + ";RETENTION_TIME=0", settings -> {})) {
            Migrations.migrate(pool);
            JDBCAPIKeyStore store = JDBCAPIKeyStore.builder(pool).build();
            for (int i = 0; i < 20; i++) {
                store.add(Keys.some().build(), AddTerms.any(), Keys.ISSUE);
            }
            whole = Files.readAllBytes(file);
        }
        byte[] cut = Arrays.copyOf(whole, whole.length / 100 * percent);
        int without = keysIn(Files.createDirectory(directory.resolve("without")), cut, false);
        int with = keysIn(Files.createDirectory(directory.resolve("with")), cut, true);
        assertThat(with).isGreaterThanOrEqualTo(without);
    }

    /** How many H2 finds, or -1 if it opens nothing. */
    private static int keysIn(Path place, byte[] content, boolean lookAfter) throws IOException {
        Path file = Files.write(place.resolve("portcullis.mv.db"), content);
        if (lookAfter) {
            assertThat(NewestChunk.findIn(file)).isTrue();
        }
        String url = "jdbc:h2:async:" + place.resolve("portcullis");
        try (HikariDataSource pool = TestDatabase.pool(url, settings -> {})) {
            APIKeyStore store = JDBCAPIKeyStore.builder(pool).build();
            return store.list(null, null, 1000).size();
        } catch (RuntimeException e) {
            return -1;
        }
    }

    /** To close a file ends all locks of a process on it, whoever holds them. */
    @Test
    void the_lock_of_a_database_that_is_open_is_not_lost() throws IOException {
        String url = EmbeddedDatabase.url(directory);
        try (HikariDataSource pool = TestDatabase.pool(url, settings -> {})) {
            Migrations.migrate(pool);
            assertThat(NewestChunk.findIn(directory.resolve("portcullis.mv.db")))
                    .isTrue();
            try (ChildProcess other = ChildProcess.start(KeyWriter.class, url, "0")) {
                assertThat(other.hear()).as("what another process could do").isNull();
            }
        }
    }

    @Test
    void what_another_process_has_open_is_looked_after_when_that_one_has_ended() throws IOException {
        Path file = directory.resolve("portcullis.mv.db");
        String url = EmbeddedDatabase.url(directory);
        try (HikariDataSource pool = TestDatabase.pool(url, settings -> {})) {
            Migrations.migrate(pool);
        }
        try (ChildProcess other = ChildProcess.start(KeyWriter.class, url, "0")) {
            assertThat(other.hear()).startsWith("trying");
            assertThat(NewestChunk.findIn(file)).isFalse();
        }
        assertThat(NewestChunk.findIn(file)).isTrue();
    }
}
