package dev.portcullis.auth.cli;

import dev.portcullis.auth.apikey.KeyFault;
import dev.portcullis.auth.apikey.KeyRefusal;
import dev.portcullis.auth.apikey.KeyRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Refusals of what manages keys, in its own words, about fields as people know them here. */
final class Refusals {

    private Refusals() {}

    /** One line for each fault of a field, or one for the whole. */
    static List<String> lines(KeyRefusedException refused, UnaryOperator<String> names) {
        List<String> lines = new ArrayList<>();
        refused.errors().forEach((field, faults) -> {
            for (KeyFault fault : faults) {
                lines.add(names.apply(field.replaceFirst("^[0-9]+\\.", "")) + ": " + fault.message());
            }
        });
        return lines.isEmpty() ? List.of(refused.refusal().detail()) : lines;
    }

    /** What a field is called on the command line. */
    static String option(String field) {
        return switch (field) {
            case "expires_at" -> "--expires";
            case "overlap_seconds" -> "--overlap";
            default -> "--" + field;
        };
    }

    static int exitCode(KeyRefusedException refused) {
        return refused.refusal() == KeyRefusal.INVALID_INPUT ? ExitCode.MISUSED : ExitCode.REFUSED;
    }
}
