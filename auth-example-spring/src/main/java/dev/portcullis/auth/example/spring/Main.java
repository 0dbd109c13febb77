package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.Option;
import dev.portcullis.auth.example.Program;
import java.util.Set;

/** The example on Spring Boot; {@code --help} tells what there is. */
public final class Main {

    private static final Program PROGRAM = new Program(
            "auth-example-spring/target/portcullis-example-spring.jar",
            Set.of(Option.PLAIN),
            options -> setup -> SpringServer.start(setup, options.plain()));

    private Main() {}

    /**
     * Runs the example.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String... arguments) {
        System.exit(PROGRAM.run(System.getenv(), arguments));
    }
}
