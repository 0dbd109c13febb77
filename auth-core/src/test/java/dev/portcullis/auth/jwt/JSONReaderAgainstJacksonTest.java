package dev.portcullis.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Two parsers that were written apart must agree on what every text means. */
class JSONReaderAgainstJacksonTest {

    private static final int ROUNDS = 60_000;

    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void whatever_it_reads_Jackson_reads_as_the_same() {
        long seed = 20_260_101;
        SplittableRandom random = new SplittableRandom(seed);
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] json = new Generator(random).object();
            if (round % 3 != 0) {
                json = damaged(json, random);
            }
            Object ours = ours(json);
            if (ours != null) {
                accepted++;
                assertThat(normal(ours))
                        .as("seed %d, round %d: %s", seed, round, new String(json, StandardCharsets.UTF_8))
                        .isEqualTo(jackson(json));
            } else if (round % 3 == 0) {
                assertThat(jackson(json))
                        .as("seed %d, round %d, refused: %s", seed, round, new String(json, StandardCharsets.UTF_8))
                        .isNull();
            }
        }
        assertThat(accepted).as("texts that are read").isBetween(ROUNDS / 5, ROUNDS * 9 / 10);
    }

    private static byte[] damaged(byte[] json, SplittableRandom random) {
        byte[] out = json.clone();
        for (int i = random.nextInt(3); i >= 0 && out.length > 0; i--) {
            int at = random.nextInt(out.length);
            switch (random.nextInt(3)) {
                case 0 -> out[at] = (byte) random.nextInt(256);
                case 1 -> out = Arrays.copyOf(out, at);
                default -> out[at] = (byte) "\"\\{}[],:0-e.\u0001ntf ".charAt(random.nextInt(16));
            }
        }
        return out;
    }

    private static @Nullable Object ours(byte[] json) {
        try {
            return JSONReader.readObject(json, json.length);
        } catch (MalformedJSONException e) {
            return null;
        }
    }

    private static @Nullable Object jackson(byte[] json) {
        try {
            return normal(JACKSON.readValue(json, Object.class));
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable Object normal(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            members.forEach((name, member) -> out.put((String) name, normal(member)));
            return out;
        }
        if (value instanceof List<?> elements) {
            List<@Nullable Object> out = new ArrayList<>();
            elements.forEach(element -> out.add(normal(element)));
            return out;
        }
        if (value instanceof Number number) {
            BigDecimal exact = value instanceof BigDecimal decimal
                    ? decimal
                    : value instanceof BigInteger integer
                            ? new BigDecimal(integer)
                            : BigDecimal.valueOf(number.longValue());
            return exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
        }
        return value == JSONNull.NULL ? null : value;
    }

    /** Makes objects of every kind of value, names often alike. */
    private record Generator(SplittableRandom random) {

        byte[] object() {
            return object(0).getBytes(StandardCharsets.UTF_8);
        }

        private String object(int depth) {
            StringBuilder out = new StringBuilder("{");
            int members = random.nextInt(5);
            for (int i = 0; i < members; i++) {
                out.append(i == 0 ? "" : ",").append(space()).append(string()).append(space());
                out.append(':').append(value(depth + 1));
            }
            return out.append(space()).append('}').toString();
        }

        private String value(int depth) {
            return switch (random.nextInt(depth > 4 ? 6 : 8)) {
                case 0 -> "true";
                case 1 -> "null";
                case 2 -> Long.toString(random.nextLong() >> random.nextInt(64));
                case 3 -> random.nextInt(1000) + "." + random.nextInt(1000) + "E" + (random.nextInt(40) - 20);
                case 4, 5 -> string();
                case 6 -> "[" + value(depth + 1) + space() + "," + value(depth + 1) + "]";
                default -> object(depth);
            };
        }

        private String string() {
            StringBuilder out = new StringBuilder("\"");
            for (int i = random.nextInt(4); i > 0; i--) {
                switch (random.nextInt(8)) {
                    case 0 -> out.append("\\u00").append(random.nextInt(10)).append(random.nextInt(10));
                    case 1 -> out.append('\\').append("\"\\/bfnrt".charAt(random.nextInt(8)));
                    case 2 -> out.appendCodePoint(0xe000 + random.nextInt(0x100000));
                    case 3 -> out.append((char) (0x80 + random.nextInt(0x700)));
                    default -> out.append((char) ('a' + random.nextInt(26)));
                }
            }
            return out.append('"').toString();
        }

        private String space() {
            return random.nextInt(4) == 0 ? " \t\r\n".substring(random.nextInt(4)) : "";
        }
    }
}
