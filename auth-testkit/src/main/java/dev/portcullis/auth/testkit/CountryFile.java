package dev.portcullis.auth.testkit;

import dev.portcullis.auth.IPAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes small databases of countries in MaxMind's format (version 2.0), with made-up content, for
 * {@link dev.portcullis.auth.place.CountryDatabase}: the real ones are licensed, large, and different each week.
 */
public final class CountryFile {

    private static final int NOTHING = -1;
    private static final int IPV6_BITS = 128;
    private static final int IPV4_START = 96;
    private static final int SEPARATOR = 16;

    private static final int TEXT = 2;
    private static final int UINT16 = 5;
    private static final int UINT32 = 6;
    private static final int MAP = 7;

    private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {NOTHING, NOTHING}));
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    private CountryFile() {}

    /**
     * Writes a file.
     *
     * @param file where to; what is there is replaced
     * @param countries the two letters of a country, by addresses and blocks (CIDR); smaller blocks may lie within larger
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if there is something else than an address or a block
     */
    public static void write(Path file, Map<String, String> countries) throws IOException {
        CountryFile database = new CountryFile();
        countries.entrySet().stream()
                .map(entry -> new Block(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(block -> block.bits))
                .forEach(database::add);
        Files.write(file, database.bytes());
    }

    /** Addresses of one country, by their first bits. */
    private static final class Block {

        private final byte[] address = new byte[IPV6_BITS / Byte.SIZE];
        private final int bits;
        private final String country;

        Block(String text, String country) {
            int slash = text.indexOf('/');
            IPAddress first = IPAddress.parse(slash < 0 ? text : text.substring(0, slash));
            if (first == null) {
                throw new IllegalArgumentException("'" + text + "' is neither an address nor a block");
            }
            byte[] bytes = first.toInetAddress().getAddress();
            System.arraycopy(bytes, 0, address, address.length - bytes.length, bytes.length);
            int before = first.isIPv4() ? IPV4_START : 0;
            this.bits = slash < 0 ? IPV6_BITS : before + Integer.parseInt(text.substring(slash + 1));
            this.country = country;
        }

        int bit(int index) {
            return address[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1;
        }
    }

    /** Places in the data are kept below {@link #NOTHING}, until it is known how many nodes there are. */
    private void add(Block block) {
        int leaf = NOTHING - 1 - data.size();
        Map<String, Object> country = new LinkedHashMap<>();
        country.put("iso_code", block.country);
        put(Map.of("country", country), data);
        int node = 0;
        for (int i = 0; i < block.bits - 1; i++) {
            int next = nodes.get(node)[block.bit(i)];
            if (next < 0) {
                nodes.add(new int[] {next, next});
                nodes.get(node)[block.bit(i)] = nodes.size() - 1;
                next = nodes.size() - 1;
            }
            node = next;
        }
        nodes.get(node)[block.bit(block.bits - 1)] = leaf;
    }

    private byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int[] node : nodes) {
            for (int side : node) {
                int record = side >= 0 ? side : nodes.size() + (side == NOTHING ? 0 : SEPARATOR + NOTHING - 1 - side);
                out.write(record >> 16);
                out.write(record >> 8);
                out.write(record);
            }
        }
        out.writeBytes(new byte[SEPARATOR]);
        out.writeBytes(data.toByteArray());
        out.writeBytes("\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("node_count", nodes.size());
        metadata.put("record_size", (short) 24);
        metadata.put("ip_version", (short) 6);
        metadata.put("database_type", "Portcullis-Test-Country");
        metadata.put("binary_format_major_version", (short) 2);
        metadata.put("binary_format_minor_version", (short) 0);
        metadata.put("build_epoch", 1_750_000_000L);
        metadata.put("languages", List.of());
        metadata.put("description", Map.of());
        put(metadata, out);
        return out.toByteArray();
    }

    /** Texts, maps of texts, and the numbers of the metadata. */
    private static void put(Object value, ByteArrayOutputStream out) {
        if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.write(TEXT << 5 | bytes.length);
            out.writeBytes(bytes);
        } else if (value instanceof Short number) {
            number(UINT16, number, Short.BYTES, out);
        } else if (value instanceof Integer number) {
            number(UINT32, number, Integer.BYTES, out);
        } else if (value instanceof Long number) {
            out.write(Long.BYTES); // an extended type: 64 bits without a sign
            out.write(2);
            number(-1, number, Long.BYTES, out);
        } else if (value instanceof Map<?, ?> map) {
            out.write(MAP << 5 | map.size());
            map.forEach((name, member) -> {
                put(name, out);
                put(member, out);
            });
        } else {
            out.write(0); // an extended type: a list, which is empty
            out.write(4);
        }
    }

    private static void number(int type, long value, int bytes, ByteArrayOutputStream out) {
        if (type >= 0) {
            out.write(type << 5 | bytes);
        }
        for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.write((int) (value >> shift));
        }
    }
}
