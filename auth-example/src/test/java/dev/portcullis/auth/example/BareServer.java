package dev.portcullis.auth.example;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.catalina.core.StandardContext;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * The example with its doors taken off: the same container and handlers without the two filters, so that everybody is let in
 * everywhere. {@code scripts/load.sh} measures the filters against it, and with {@code -Didle=true} against two {@link
 * IdleFilter}s in their place. It stands among the tests, for nobody is to start this by an option.
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
        if (IdleFilter.ARE_ASKED_FOR) {
            addIdleFilters(context);
        }
        return server;
    }

    private static void addIdleFilters(StandardContext context) throws IOException {
        for (IdleFilter filter : List.of(new IdleFilter(false), new IdleFilter(true))) {
            FilterDef idle = new FilterDef();
            idle.setFilterName(filter.toString());
            idle.setFilter(filter);
            idle.setAsyncSupported("true");
            context.addFilterDef(idle);
            FilterMap everywhere = new FilterMap();
            everywhere.setFilterName(filter.toString());
            everywhere.addURLPattern("/*");
            context.addFilterMapBefore(everywhere);
        }
        if (!context.filterStart()) {
            throw new IOException("The idle filters did not start; the log says why");
        }
    }
}
