package dev.portcullis.auth.cli;

import picocli.CommandLine.ITypeConverter;

/** Numbers on the command line. */
final class Numbers {

    private static final long MOST = 10_000_000;

    private Numbers() {}

    /** Reads how many of something there are to be: from 1 to 10,000,000. */
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return (int) number(text, MOST);
        }
    }

    /** Reads the number of a record. */
    static final class RecordNumber implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return number(text, Long.MAX_VALUE);
        }
    }

    private static long number(String text, long most) {
        long number = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
        if (number < 1 || number > most) {
            throw Failure.misused("write a whole number from 1" + (most == MOST ? " to " + MOST : " on"));
        }
        return number;
    }
}
