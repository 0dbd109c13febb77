package dev.portcullis.auth.example.spring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The examples as jars, which share what is kept outside of them alone. */
final class Packaged {

    static final Path JAR = Path.of("target", "portcullis-example-spring.jar");

    private static final Path SERVLETS = Path.of("..", "auth-example", "target", "portcullis-example.jar");

    private Packaged() {}

    /** This example. */
    static List<String> program() {
        return List.of("-jar", JAR.toString());
    }

    /** The example without Spring. */
    static List<String> other() {
        Assumptions.assumeTrue(Files.exists(SERVLETS), "Left out: the other example was not packaged");
        return List.of("-jar", SERVLETS.toString());
    }
}
