package dev.portcullis.auth.example;

import java.io.IOException;
import java.util.Set;
import org.apache.catalina.core.StandardContext;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * The example with its doors taken off: the same container and handlers without the two filters, so that everybody is let in
 * everywhere. {@code scripts/load.sh} measures the filters against it. It stands among the tests, for nobody is to start this
 * by an option.
 */
final class BareServer {

    private static final Set<String> FILTERS = Set.of("authentication", "permissions");

    private BareServer() {}

    /** Runs it, with the example's options. */
    public static void main(String... arguments) {
        Program bare =
                new Program("auth-example/target/portcullis-example.jar", Set.of(), options -> BareServer::start);
        System.exit(bare.run(System.getenv(), arguments));
    }

    static ExampleServer start(Setup setup) throws IOException {
        ServletServer server = ServletServer.start(setup);
        StandardContext context = (StandardContext) server.container().getHost().findChildren()[0];
        int removed = 0;
        for (FilterMap mapping : context.findFilterMaps()) {
            if (FILTERS.contains(mapping.getFilterName())) {
                context.removeFilterMap(mapping);
                removed++;
            }
        }
        if (removed != FILTERS.size()) {
            server.close();
            throw new IOException("The example's filters have other names now: " + removed + " were removed");
        }
        return server;
    }
}
