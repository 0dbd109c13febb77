package dev.portcullis.auth.cli;

import java.io.PrintStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Writes JSON for programs (RFC 8259), in ASCII alone so that no locale can spoil it. */
final class JSON {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private JSON() {}

    /** An object in the making, whose members stay in order; null is written as null. */
    static final class Members {

        private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

        Members with(String name, @Nullable Object value) {
            members.put(name, value);
            return this;
        }

        Map<String, @Nullable Object> map() {
            return members;
        }
    }

    static Members object() {
        return new Members();
    }

    /** Writes a value over several lines. */
    static void print(PrintStream out, Members value) {
        out.println(text(value.map(), new Indented()));
    }

    /** Writes a value over several lines. */
    static void print(PrintStream out, Iterable<Members> values) {
        out.println(text(values, new Indented()));
    }

    /** A value on one line. */
    static String line(@Nullable Object value) {
        return text(value, ObjectWriteContext.empty());
    }

    private static String text(@Nullable Object value, ObjectWriteContext context) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(context, text)) {
            write(generator, value);
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, @Nullable Object value) {
        if (value instanceof Members object) {
            write(out, object.map());
        } else if (value instanceof Map<?, ?> members) {
            out.writeStartObject();
            members.forEach((name, member) -> {
                out.writeName(String.valueOf(name));
                write(out, member);
            });
            out.writeEndObject();
        } else if (value instanceof Iterable<?> elements) {
            out.writeStartArray();
            elements.forEach(element -> write(out, element));
            out.writeEndArray();
        } else {
            scalar(out, value);
        }
    }

    private static void scalar(JsonGenerator out, @Nullable Object value) {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Long || value instanceof Integer) {
            out.writeNumber(((Number) value).longValue());
        } else if (value instanceof BigDecimal number) {
            out.writeNumber(number);
        } else if (value instanceof String || value instanceof Instant) {
            out.writeString(value.toString());
        } else {
            throw new IllegalArgumentException("No JSON for " + value.getClass());
        }
    }

    /** Two spaces a level, line feeds, elements of arrays on lines of their own. */
    private static final class Indented extends ObjectWriteContext.Base {

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }

        @Override
        public PrettyPrinter getPrettyPrinter() {
            DefaultIndenter lines = new DefaultIndenter("  ", "\n");
            Separators separators = Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator("");
            return new DefaultPrettyPrinter(separators).withArrayIndenter(lines).withObjectIndenter(lines);
        }
    }
}
