package dev.portcullis.auth.example;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sends the tour's requests, one after the other, and prints what came back beside whether that is right. */
final class TourTable {

    private static final String ROW = "%-7s | %-94s | %-6s | %-59s | %s%n";

    private final PrintStream out;
    private final UnaryOperator<Expected> expectations;
    private int rows;
    private int different;

    /**
     * An empty table.
     *
     * @param out where it is printed
     * @param expectations changes what is expected; for tests that want to see the tour fail
     */
    TourTable(PrintStream out, UnaryOperator<Expected> expectations) {
        this.out = out;
        this.expectations = expectations;
    }

    void section(String title) {
        out.printf("%n== %s%n", title);
        out.printf(ROW, "", "request", "status", "detail", "challenge");
    }

    /** Sends a request, prints its row, and gives what came back; null if nothing did. */
    @Nullable
    Answer row(int port, Ask ask, Expected usual) {
        Expected expected = expectations.apply(usual);
        rows++;
        try {
            Answer answer = Wire.send(port, ask);
            print(ask, answer, expected.differences(ask, answer));
            return answer;
        } catch (IOException e) {
            different++;
            out.printf(ROW, "DIFFERS", ask, "-", "-", "-");
            out.printf("        no answer: %s%n", e.getMessage());
            return null;
        }
    }

    /** Asks for a WebSocket, prints the row, and gives the socket; null if there is none. */
    @Nullable
    TourSocket socket(int port, Ask ask, Expected usual) {
        Expected expected = expectations.apply(usual);
        rows++;
        try {
            TourSocket socket = TourSocket.open(port, ask);
            print(ask, socket.answer(), expected.differences(ask, socket.answer()));
            return socket;
        } catch (IOException e) {
            different++;
            out.printf(ROW, "DIFFERS", ask, "-", "-", "-");
            out.printf("        no answer: %s%n", e.getMessage());
            return null;
        }
    }

    /** Waits until a socket is closed, and prints with which code. */
    void closed(@Nullable TourSocket socket, String what, int code) {
        rows++;
        int got = socket == null ? 0 : socket.closeCode();
        different += got == code ? 0 : 1;
        out.printf(ROW, got == code ? "ok" : "DIFFERS", what, got, "-", "-");
    }

    private void print(Ask ask, Answer answer, List<String> differences) {
        boolean same = differences.isEmpty();
        different += same ? 0 : 1;
        String detail = answer.words();
        String challenge = answer.header("WWW-Authenticate");
        out.printf(
                ROW,
                same ? "ok" : "DIFFERS",
                ask,
                answer.status(),
                detail == null ? "-" : detail,
                challenge == null ? "-" : challenge);
        differences.forEach(difference -> out.printf("        %s%n", difference));
    }

    /** Prints how it ended, and tells whether every answer was as expected. */
    boolean end() {
        out.printf("%n%d requests, %d answered as documented, %d differ.%n", rows, rows - different, different);
        return rows > 0 && different == 0;
    }
}
