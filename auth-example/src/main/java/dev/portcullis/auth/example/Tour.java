package dev.portcullis.auth.example;

import java.io.IOException;
import java.io.PrintStream;
import java.util.function.UnaryOperator;

/**
 * Sends a real request for every answer that is documented, and compares what comes back, to the byte where the document
 * says so. It brings servers and issuers of its own.
 */
final class Tour {

    private Tour() {}

    /**
     * Goes through all of it.
     *
     * @param kind what kind of server is asked
     * @param out where the table is printed
     * @param expectations changes what is expected, or leaves it
     * @return whether every answer was as expected
     * @throws IOException if a server does not start
     */
    static boolean run(ExampleServer.Kind kind, PrintStream out, UnaryOperator<Expected> expectations)
            throws IOException {
        out.println(
                "Some keys of this tour are unusable on purpose, and one issuer is down: warnings in the log are due.");
        TourTable table = new TourTable(out, expectations);
        try (TourServers servers = new TourServers(kind)) {
            new HeaderRows(servers, table).add();
            new TokenRows(servers, table).add();
            new ClaimRows(servers, table).add();
            new KeyRows(servers, table).add();
            new RouteRows(servers, table).add();
            new ManagementRows(servers, table).add();
            new ManagementRefusalRows(servers, table).add();
            new LeakRows(servers, table).add();
            new SessionRows(servers, table).add();
            new PlaceRows(servers, table).add();
            new TroubleRows(servers, table).add();
            new ConsumptionRows(servers, table).add();
            new SigningKeyRows(servers, table).add();
            new SignatureRows(servers, table).add();
            new SignatureFaultRows(servers, table).add();
            new SettingRows(servers, table).add();
        }
        new StorageRows(kind, table).add();
        return table.end();
    }
}
