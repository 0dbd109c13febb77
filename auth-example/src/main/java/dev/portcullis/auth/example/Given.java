package dev.portcullis.auth.example;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options that were given, as texts: on the command line, or else in the environment. */
final class Given {

    private final Set<Option> known;
    private final Map<Option, String> texts = new EnumMap<>(Option.class);
    private final Map<Option, String> names = new EnumMap<>(Option.class);

    private Given(Set<Option> known) {
        this.known = known;
    }

    /**
     * Reads the command line.
     *
     * @param known which options there are
     * @throws IllegalArgumentException if something on it is unknown, repeated or without its value
     */
    static Given onCommandLine(Set<Option> known, String... arguments) {
        Given given = new Given(known);
        int next = 0;
        while (next < arguments.length) {
            String argument = arguments[next++];
            int equals = argument.indexOf('=');
            Option option = given.option(equals < 0 ? argument : argument.substring(0, equals));
            if (option.standsAlone()) {
                require(equals < 0, option.flag() + " stands alone: leave out what follows it");
                given.put(option, option.flag(), "true");
            } else if (equals >= 0) {
                given.put(option, option.flag(), argument.substring(equals + 1));
            } else {
                require(
                        next < arguments.length && !arguments[next].startsWith("--"),
                        option.flag() + " needs a value: write " + option.flag() + " VALUE");
                given.put(option, option.flag(), arguments[next++]);
            }
        }
        return given;
    }

    private Option option(String flag) {
        return known.stream()
                .filter(option -> option.flag().equals(flag))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no option '" + flag + "': --help tells which there are"));
    }

    private void put(Option option, String name, String text) {
        require(!texts.containsKey(option), option.flag() + " is given twice: keep one");
        require(!text.isBlank(), option.flag() + " is empty: give it a value, or leave it out");
        texts.put(option, text.strip());
        names.put(option, name);
    }

    /** Adds what stands in the environment and not on the command line; an empty variable counts as none. */
    Given orIn(Map<String, String> environment) {
        for (Option option : known) {
            String text = environment.getOrDefault(option.name(), "");
            if (option != Option.HELP && !texts.containsKey(option) && !text.isBlank()) {
                put(option, option.name(), text);
            }
        }
        return this;
    }

    boolean has(Option option) {
        return texts.containsKey(option);
    }

    /** The options that were given, in the order in which {@code --help} names them. */
    List<Option> all() {
        return List.copyOf(texts.keySet());
    }

    /** The name under which an option was given, or would best be given. */
    String name(Option option) {
        return names.getOrDefault(option, option.flag());
    }

    @Nullable
    String text(Option option) {
        return texts.get(option);
    }

    /** The values of a list, separated by commas; none if it was not given. */
    List<String> list(Option option) {
        List<String> values = new ArrayList<>();
        String text = texts.get(option);
        if (text != null) {
            for (String value : text.split(",", -1)) {
                require(!value.isBlank(), name(option) + " has an empty entry: separate its entries by single commas");
                values.add(value.strip());
            }
        }
        return values;
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
