package dev.portcullis.auth.example;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small database of countries in MaxMind's format, for the networks that are set aside for documentation (RFC 5737 and
 * RFC 3849): a binary search tree over the bits of addresses, of records of 24 bits, and the data that its leaves point to.
 */
final class TourCountries {

    private static final int LEFT = 0;
    private static final int EMPTY = -1;
    private static final int SEPARATOR_BYTES = 16;
    private static final int IPV4_PREFIX = 96;
    private static final byte[] METADATA = {(byte) 0xab, (byte) 0xcd, (byte) 0xef};
    private static final String MARKER = "MaxMind.com";

    private final List<int[]> nodes = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    private TourCountries() {
        nodes.add(new int[] {EMPTY, EMPTY});
    }

    /** Writes one to a new file, which the caller deletes. */
    static Path write() throws IOException {
        TourCountries countries = new TourCountries();
        countries.add("192.0.2.0", 24, "US");
        countries.add("198.51.100.0", 24, "CH");
        countries.add("2001:db8:1::", 48, "GB");
        countries.add("2001:db8:2::", 48, "CH");
        Path file = Files.createTempFile("portcullis-tour", ".mmdb");
        return Files.write(file, countries.bytes());
    }

    private void add(String network, int prefix, String country) throws IOException {
        byte[] address = InetAddress.getByName(network).getAddress();
        byte[] whole = new byte[16];
        System.arraycopy(address, 0, whole, 16 - address.length, address.length);
        int bits = address.length == 4 ? IPV4_PREFIX + prefix : prefix;
        int node = 0;
        for (int i = 0; i < bits - 1; i++) {
            int[] record = nodes.get(node);
            int side = bit(whole, i);
            if (record[side] == EMPTY) {
                record[side] = nodes.size();
                nodes.add(new int[] {EMPTY, EMPTY});
            }
            node = record[side];
        }
        nodes.get(node)[bit(whole, bits - 1)] = -2 - data.size(); // where its data will stand
        data.write(value(Map.of("country", Map.of("iso_code", country))));
    }

    private static int bit(byte[] address, int index) {
        return (address[index / 8] >> (7 - index % 8)) & 1;
    }

    private byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int[] record : nodes) {
            out.write(three(record[LEFT]));
            out.write(three(record[1]));
        }
        out.write(new byte[SEPARATOR_BYTES]);
        out.write(data.toByteArray());
        out.write(METADATA);
        out.write(MARKER.getBytes(StandardCharsets.US_ASCII));
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("binary_format_major_version", 2);
        about.put("binary_format_minor_version", 0);
        about.put("build_epoch", 1);
        about.put("database_type", "Tour-Country");
        about.put("description", Map.of("en", "Countries of the tour"));
        about.put("ip_version", 6);
        about.put("languages", List.of("en"));
        about.put("node_count", nodes.size());
        about.put("record_size", 24);
        out.write(value(about));
        return out.toByteArray();
    }

    /** A record: another node, nothing, or data. */
    private byte[] three(int record) {
        int value =
                record >= 0 ? record : record == EMPTY ? nodes.size() : nodes.size() + SEPARATOR_BYTES + (-2 - record);
        return new byte[] {(byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    /** A value as the format has it: its type and its length in one byte, then the value. */
    private static byte[] value(Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (value instanceof String text) {
            out.write(2 << 5 | text.length());
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        } else if (value instanceof Integer number) {
            out.write(6 << 5 | 4);
            out.write(new byte[] {0});
            out.write(new byte[] {(byte) (number >> 16), (byte) (number >> 8), (byte) (int) number});
        } else if (value instanceof Map<?, ?> map) {
            out.write(7 << 5 | map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.write(value(entry.getKey()));
                out.write(value(entry.getValue()));
            }
        } else if (value instanceof List<?> list) {
            out.write(list.size());
            out.write(11 - 7); // an extended type
            for (Object one : list) {
                out.write(value(one));
            }
        } else {
            throw new IllegalArgumentException("No such type: " + value.getClass());
        }
        return out.toByteArray();
    }
}
