package dev.portcullis.auth.example;

/** Keys that were found in public are revoked when a partner reports them, and by nobody else. */
final class LeakRows {

    private final TourServers servers;
    private final TourTable table;

    LeakRows(TourServers servers, TourTable table) {
        this.servers = servers;
        this.table = table;
    }

    void add() {
        table.section("Signed reports of keys that were found in public");
        Reporter reporter = servers.reporter;
        String key = servers.keys.good("catalog:read");
        Ask use = Ask.get("/api/v1/leagues/").bearer(key);
        Expected wrong = Expected.refused(403, "Invalid signature.");
        row(Ask.of("POST", "/leaks").json("[]").about("without a signature"), wrong);
        row(reporter.forged(key).about("another report's signature"), wrong);
        row(use.about("it still works"), Expected.status(200));
        row(
                reporter.report(key).about("a key of ours"),
                Expected.status(200).withBody("\"label\":\"true_positive\"").withBodyWithout(key));
        row(use.about("it was reported"), Expected.rejected("API key has been revoked."));
        row(reporter.report(key).about("again"), Expected.status(200).withBody("\"label\":\"true_positive\""));
        row(
                reporter.report(servers.keys.neverIssued()).about("nobody's key"),
                Expected.status(200).withBody("\"label\":\"false_positive\""));
        row(
                reporter.signed("{}").about("no report"),
                Expected.refused(400, "The body must be a JSON array of objects."));
    }

    private void row(Ask ask, Expected expected) {
        table.row(servers.main, ask, expected);
    }
}
