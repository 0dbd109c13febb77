package dev.portcullis.auth.example;

import java.util.Set;

/** The example on the servlet API alone; {@code --help} tells what there is. */
public final class Main {

    /** What this example is. */
    static final Program PROGRAM =
            new Program("auth-example/target/portcullis-example.jar", Set.of(), options -> ServletServer::start);

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
