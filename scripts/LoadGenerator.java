import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Puts a mixed load on a running server: good tokens and keys, and bad ones of every kind. It needs nothing but a JDK, so
 * that it runs from its source, as {@code scripts/load.sh} has it. The credentials are read from the environment, as TOKEN and
 * KEY: everybody can read what stands on a command line.
 */
public final class LoadGenerator {

    private static final int MILLIS = 20_000;
    private static final int[] OK = {200};
    private static final int[] REJECTED = {401};

    /** Beyond a rate, keys that nobody has seen before are not looked up: that is no answer, and says so. */
    private static final int[] REJECTED_OR_NOT_CHECKED = {401, 503};

    /** In place of a header line: another one each time. */
    private static final String MADE_UP = "";

    private final URI url;
    private final long end;
    private final List<Kind> kinds = new ArrayList<>();

    private LoadGenerator(URI url, int seconds, Map<String, String> environment) {
        this.url = url;
        this.end = System.nanoTime() + seconds * 1_000_000_000L;
        String token = credential(environment, "TOKEN");
        String key = credential(environment, "KEY");
        if (!token.matches("[\\w-]+\\.[\\w-]+\\.[\\w-]{12,}")) {
            throw new IllegalArgumentException("TOKEN is no JWT: copy the whole of it, from eyJ on");
        }
        kinds.add(new Kind("token", 40, "Authorization: Bearer " + token, OK));
        kinds.add(new Kind("key", 30, "Authorization: Bearer " + key, OK));
        kinds.add(new Kind("key as x-api-key", 10, "x-api-key: " + key, OK));
        kinds.add(new Kind("none", 5, "Accept: */*", REJECTED));
        kinds.add(new Kind("token, broken", 5, "Authorization: Bearer " + broken(token), REJECTED));
        kinds.add(new Kind("key, malformed", 5, "x-api-key: " + key + "0", REJECTED));
        kinds.add(new Kind("key, made up", 5, MADE_UP, REJECTED_OR_NOT_CHECKED));
    }

    private static String credential(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    name + " is not set: copy it from what the example prints, or run scripts/load.sh without --url");
        }
        return value.strip();
    }

    /** The same token with another signature. */
    private static String broken(String token) {
        int at = token.lastIndexOf('.') + 10;
        return token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
    }

    /**
     * Runs it.
     *
     * @param arguments {@code --url}, {@code --seconds}, {@code --connections}, each with a value
     */
    public static void main(String... arguments) throws InterruptedException {
        try {
            Map<String, String> options =
                    new TreeMap<>(Map.of("--url", "http://127.0.0.1:8080", "--seconds", "20", "--connections", "16"));
            for (int i = 0; i < arguments.length; i += 2) {
                if (!options.containsKey(arguments[i]) || i + 1 == arguments.length) {
                    throw new IllegalArgumentException(
                            "There are --url URL, --seconds NUMBER and --connections NUMBER");
                }
                options.put(arguments[i], arguments[i + 1]);
            }
            int seconds = number(options, "--seconds", 3600);
            int connections = number(options, "--connections", 1000);
            LoadGenerator load = new LoadGenerator(url(options.get("--url")), seconds, System.getenv());
            System.exit(load.run(connections, seconds) ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static int number(Map<String, String> options, String name, int most) {
        String text = options.get(name);
        int number = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(name + " is '" + text + "': write a number from 1 to " + most);
        }
        return number;
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text);
            if ("http".equals(url.getScheme()) && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new IllegalArgumentException("--url is no http URL: write it like http://127.0.0.1:8080");
    }

    private boolean run(int connections, int seconds) throws InterruptedException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Client client = new Client(i);
            clients.add(client);
            client.start();
        }
        for (Client client : clients) {
            client.join();
        }
        System.out.printf(
                Locale.ROOT,
                "%-18s %9s %9s %8s %8s %8s  %s%n",
                "",
                "requests",
                "per s",
                "p50 ms",
                "p99 ms",
                "max ms",
                "");
        boolean good = true;
        Result total = new Result();
        for (int i = 0; i < kinds.size(); i++) {
            Result all = new Result();
            for (Client client : clients) {
                all.add(client.results.get(i));
            }
            total.add(all);
            good &= all.isAsExpected(kinds.get(i));
            all.print(kinds.get(i).name, seconds);
        }
        total.print("all", seconds);
        for (Client client : clients) {
            if (!client.failure.isEmpty()) {
                System.out.println("A connection failed: " + client.failure);
                return false;
            }
        }
        System.out.println(good ? "Every answer was as it must be." : "Some answers were not as they must be.");
        return good && total.count > 0;
    }

    /** A kind of request. */
    private static final class Kind {

        private final String name;
        private final int weight;
        private final String line;
        private final int[] expected;

        Kind(String name, int weight, String line, int[] expected) {
            this.name = name;
            this.weight = weight;
            this.line = line;
            this.expected = expected;
        }
    }

    /** How often, how soon and with which status. */
    private static final class Result {

        private final Map<Integer, Integer> statuses = new TreeMap<>();
        private long[] nanos = new long[1024];
        private int count;

        void add(int status, long took) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = took;
            statuses.merge(status, 1, Integer::sum);
        }

        void add(Result other) {
            nanos = Arrays.copyOf(nanos, count + other.count + 1);
            System.arraycopy(other.nanos, 0, nanos, count, other.count);
            count += other.count;
            other.statuses.forEach((status, times) -> statuses.merge(status, times, Integer::sum));
        }

        boolean isAsExpected(Kind kind) {
            return statuses.keySet().stream()
                    .allMatch(status -> Arrays.stream(kind.expected).anyMatch(expected -> expected == status));
        }

        void print(String name, int seconds) {
            long[] sorted = Arrays.copyOf(nanos, count);
            Arrays.sort(sorted);
            System.out.printf(
                    Locale.ROOT,
                    "%-18s %9d %9.0f %8.2f %8.2f %8.2f  %s%n",
                    name,
                    count,
                    (double) count / seconds,
                    millis(sorted, 0.5),
                    millis(sorted, 0.99),
                    millis(sorted, 1),
                    statuses);
        }

        private static double millis(long[] sorted, double share) {
            return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * share)] / 1e6;
        }
    }

    /** One connection, which sends one request after the other. */
    private final class Client extends Thread {

        private final SplittableRandom random;
        private final List<Result> results = new ArrayList<>();
        private String failure = "";

        Client(int number) {
            super("client-" + number);
            this.random = new SplittableRandom(System.nanoTime() + number);
            kinds.forEach(kind -> results.add(new Result()));
        }

        @Override
        public void run() {
            try {
                while (System.nanoTime() < end) {
                    connect();
                }
            } catch (IOException e) {
                failure = e.toString();
            }
        }

        private void connect() throws IOException {
            int port = url.getPort() < 0 ? 80 : url.getPort();
            try (Socket socket = new Socket(InetAddress.getByName(url.getHost()), port)) {
                socket.setSoTimeout(MILLIS);
                socket.setTcpNoDelay(true);
                InputStream in = new BufferedInputStream(socket.getInputStream());
                boolean goesOn = true;
                while (goesOn && System.nanoTime() < end) {
                    int kind = next();
                    long start = System.nanoTime();
                    socket.getOutputStream().write(request(kinds.get(kind)));
                    Answer answer = new Answer(in);
                    results.get(kind).add(answer.status, System.nanoTime() - start);
                    goesOn = answer.goesOn;
                }
            }
        }

        private int next() {
            int drawn = random.nextInt(100);
            int kind = 0;
            while (drawn >= kinds.get(kind).weight) {
                drawn -= kinds.get(kind).weight;
                kind++;
            }
            return kind;
        }

        private byte[] request(Kind kind) {
            String line = kind.line.equals(MADE_UP) ? "x-api-key: " + madeUp() : kind.line;
            return ("GET /api/v1/leagues/ HTTP/1.1\r\nHost: " + url.getHost() + "\r\n" + line + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }

        private String madeUp() {
            StringBuilder key = new StringBuilder("grd_live_");
            for (int i = 0; i < 3; i++) {
                key.append(String.format(Locale.ROOT, "%016x", random.nextLong()));
            }
            return key.toString();
        }
    }

    /** An answer, read to its end. */
    private static final class Answer {

        private final int status;
        private boolean goesOn = true;

        Answer(InputStream in) throws IOException {
            status = Integer.parseInt(line(in).split(" ", 3)[1]);
            int length = 0;
            boolean chunked = false;
            for (String field = line(in); !field.isEmpty(); field = line(in)) {
                String lower = field.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(lower.substring(15).strip());
                }
                chunked |= lower.startsWith("transfer-encoding:");
                goesOn &= !lower.matches("connection: *close");
            }
            if (chunked) {
                skipChunks(in);
            } else {
                in.skipNBytes(length);
            }
        }

        private static void skipChunks(InputStream in) throws IOException {
            int size;
            do {
                size = Integer.parseInt(line(in), 16);
                in.skipNBytes(size);
                line(in);
            } while (size > 0);
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder text = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new EOFException("The server closed a connection in the middle of an answer");
                }
                text.append((char) c);
            }
            return text.toString().strip();
        }
    }
}
