package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.SharedStateSuite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

class SharedStateIT extends SharedStateSuite {

    private static final Path SERVLETS = Path.of("..", "auth-example", "target", "portcullis-example.jar");

    @Override
    protected List<String> program() {
        return List.of("-jar", "target/portcullis-example-spring.jar");
    }

    /** The other example: what they share is the database and the Redis alone. */
    @Override
    protected List<String> other() {
        Assumptions.assumeTrue(Files.exists(SERVLETS), "Left out: the other example was not packaged");
        return List.of("-jar", SERVLETS.toString());
    }
}
