package dev.portcullis.auth.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/** Files and directories on the command line. */
final class Paths {

    private Paths() {}

    /** Reads a path. */
    static final class Converter implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw Failure.misused("this is no path");
            }
        }
    }
}
