package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.AuthenticationMethod;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A request that is signed whatever it is: method, target, content type, timestamp, and three headers to send in place of
 * the right ones unless they are empty, each in a line; then the body. What is let in is well formed, with the right
 * headers, and no other request has the same signed bytes.
 */
public final class SimpleSignatureFuzz {

    private static final String NOW = Long.toString(Tokens.NOW.getEpochSecond());
    private static final int WINDOW = 30;
    private static final int HEAD = 7;
    private static final Pattern PLAIN = Pattern.compile(
            "(GET|HEAD|DELETE)\n/[a-z0-9/?=&]*\n\n\n\n\n\n|(POST|PUT|PATCH)\n/[a-z0-9/?=&]*\n\n\n\n\n\n\\{.*",
            Pattern.DOTALL);

    private static final AuthenticationMethod METHOD = Signer.method();

    private SimpleSignatureFuzz() {}

    private record Headers(String timestamp, String fingerprint, String signature, String type) {

        Sent on(String method, String target, byte[] body) {
            return new Sent(method, target, body)
                    .header("x-thegrid-timestamp", timestamp)
                    .header("x-thegrid-fingerprint", fingerprint)
                    .header("x-thegrid-signature", signature)
                    .header("content-type", type);
        }
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Bounds.isLetIn(bytes, SimpleSignatureFuzz::isLetIn);
    }

    /** Whether it is let in; throws if that, or what is told, is not as it must be. */
    static boolean isLetIn(byte[] bytes) {
        List<String> lines = Input.lines(bytes);
        String method = Input.line(lines, 0);
        String target = Input.line(lines, 1);
        String type = or(Input.line(lines, 2), "application/json");
        String timestamp = or(Input.line(lines, 3), NOW);
        byte[] body = Input.after(bytes, HEAD);
        byte[] head = (timestamp + method + target).getBytes(StandardCharsets.ISO_8859_1);
        String signature = Signer.sign(join(head, body));
        Headers sent = new Headers(
                or(Input.line(lines, 4), timestamp),
                or(Input.line(lines, 5), Signer.FINGERPRINT),
                or(Input.line(lines, 6), signature),
                type);
        if (!isLetIn(sent.on(method, target, body))) {
            Input.require(!isPlain(bytes), "a request as the contract has it is not let in");
            return false;
        }
        Input.require(Input.trimmed(sent.timestamp).equals(timestamp), "the timestamp was not the one signed");
        Input.require(
                Input.trimmed(sent.fingerprint).equals(Signer.FINGERPRINT), "it is let in by another fingerprint");
        Input.require(Input.trimmed(sent.signature).equals(signature), "it is let in by another signature");
        Input.require(
                timestamp.matches("[0-9]{10}") && Math.abs(Long.parseLong(timestamp) - Long.parseLong(NOW)) <= WINDOW,
                "the timestamp is outside of the window");
        isWellFormed(method, target, type, body);
        spelledOtherwise(sent, method, target, body);
        cutOtherwise(sent, method, target, body);
        return true;
    }

    /** Nothing is changed after signing, and all of it stands as in the contract's examples. */
    private static boolean isPlain(byte[] bytes) {
        String text = Input.text(bytes);
        return PLAIN.matcher(text).matches();
    }

    private static boolean isLetIn(Sent request) {
        return Signer.isLetIn(METHOD.authenticate(request));
    }

    private static void isWellFormed(String method, String target, String type, byte[] body) {
        Input.require(method.matches("[A-Z]+"), "a method is not in upper case");
        Input.require(
                target.matches("/([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*"), "a target is not in origin-form");
        Input.require(
                body.length == 0 || "{[\" \t\r\n".indexOf(body[0]) >= 0, "a body begins with what a target can hold");
        Input.require(
                body.length == 0 || type.toLowerCase(java.util.Locale.ROOT).contains("json"), "a body is not JSON");
        Input.require(body.length == 0 || !List.of("GET", "HEAD", "DELETE").contains(method), method + " has a body");
    }

    /** The same signature in any other base64. */
    private static void spelledOtherwise(Headers sent, String method, String target, byte[] body) {
        String right = Input.trimmed(sent.signature);
        String bare = right.replace("=", "");
        char last = bare.charAt(bare.length() - 1);
        for (String other : List.of(
                bare,
                right + "=",
                right + "\n",
                bare.substring(0, bare.length() - 1) + (char) (last + 1) + "==",
                right.substring(0, 4) + " " + right.substring(4),
                "A" + right)) {
            Headers changed = new Headers(sent.timestamp, sent.fingerprint, other, sent.type);
            Input.require(!isLetIn(changed.on(method, target, body)), "it is let in by another spelling");
        }
    }

    /** As nothing stands between what is signed, it could be cut into other parts. */
    private static void cutOtherwise(Headers sent, String method, String target, byte[] body) {
        byte[] all = join((method + target).getBytes(StandardCharsets.ISO_8859_1), body);
        for (int cut = method.length() + 1; cut <= Math.min(all.length, method.length() + 64); cut++) {
            String other = Input.text(Arrays.copyOfRange(all, method.length(), cut));
            if (!other.equals(target)) {
                byte[] rest = Arrays.copyOfRange(all, cut, all.length);
                Input.require(!isLetIn(sent.on(method, other, rest)), "target and body can be cut in two ways");
            }
        }
        for (int cut = 1; cut < method.length(); cut++) {
            String other = method.substring(cut) + target;
            Input.require(
                    !isLetIn(sent.on(method.substring(0, cut), other, body)),
                    "method and target can be cut in two ways");
        }
    }

    private static String or(String given, String usual) {
        return given.isEmpty() ? usual : given;
    }

    private static byte[] join(byte[] one, byte[] other) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(one);
        all.writeBytes(other);
        return all.toByteArray();
    }
}
