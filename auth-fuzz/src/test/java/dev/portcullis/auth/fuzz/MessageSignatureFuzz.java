package dev.portcullis.auth.fuzz;

import dev.portcullis.auth.AuthenticationMethod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP message signature (RFC 9421): method, authority, target, {@code Signature-Input}, and {@code Content-Digest}
 * unless that is empty, each in a line; then the body. Where the input names components, they are signed as they are
 * sent. What is let in covers all that is sent: with any of it changed, the same signature lets nothing in.
 */
public final class MessageSignatureFuzz {

    private static final Pattern INPUT =
            Pattern.compile("([a-z*][a-z0-9_.*-]*)=(\\(((?:\"[^\"]*\" ?)*)\\).*)", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\"([^\"]*)\"");
    private static final int HEAD = 5;

    private static final AuthenticationMethod METHOD = Signer.method();

    private MessageSignatureFuzz() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Message(String method, String authority, String target, String digest, byte[] body) {

        String value(String component) {
            int mark = target.indexOf('?');
            return switch (component) {
                case "@method" -> method;
                case "@authority" -> Input.trimmed(authority).toLowerCase(Locale.ROOT);
                case "@path" -> mark < 0 ? target : target.substring(0, mark);
                case "@query" -> mark < 0 ? "?" : target.substring(mark);
                case "content-digest" -> Input.trimmed(digest);
                case "content-type" -> "application/json";
                case "host" -> Input.trimmed(authority);
                default -> "";
            };
        }

        Sent with(String input, String signature) {
            Sent request = new Sent(method, target, body)
                    .header("host", authority)
                    .header("content-type", "application/json")
                    .header("signature-input", input)
                    .header("signature", signature);
            return digest.isEmpty() ? request : request.header("content-digest", digest);
        }

        /** The same with one thing changed each. */
        List<Message> others() {
            List<Message> others = new ArrayList<>();
            others.add(new Message(method.equals("PUT") ? "POST" : "PUT", authority, target, digest, body));
            others.add(new Message(method, "x" + authority, target, digest, body));
            others.add(new Message(method, authority, target + "x", digest, body));
            others.add(new Message(method, authority, target + "?", digest, body));
            others.add(new Message(method, authority, target + "&x", digest, body));
            others.add(new Message(method, authority, "/" + target, digest, body));
            others.add(new Message(method, authority, target, digest, new byte[] {'{', '}', '\t'}));
            others.add(new Message(method, authority, target, digestOf(new byte[] {'{', '}'}), new byte[] {'{', '}'}));
            return others;
        }
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Bounds.isLetIn(bytes, MessageSignatureFuzz::isLetIn);
    }

    /** Whether it is let in; throws if that, or what is told, is not as it must be. */
    static boolean isLetIn(byte[] bytes) {
        List<String> lines = Input.lines(bytes);
        byte[] body = Input.after(bytes, HEAD);
        String digest = Input.line(lines, 4).isEmpty() && body.length > 0 ? digestOf(body) : Input.line(lines, 4);
        Message message = new Message(Input.line(lines, 0), Input.line(lines, 1), Input.line(lines, 2), digest, body);
        String input = Input.line(lines, 3).replace("KEY", Signer.FINGERPRINT);
        Matcher read = INPUT.matcher(input);
        String label = read.matches() ? read.group(1) : "sig1";
        String base = read.matches() ? base(message, read.group(3), read.group(2)) : input;
        String signature = label + "=:" + Signer.sign(base.getBytes(StandardCharsets.ISO_8859_1)) + ":";
        if (!isLetIn(message.with(input, signature))) {
            return false;
        }
        Input.require(read.matches(), "the input of a signature is spelled in another way");
        isComplete(input, message);
        for (Message other : message.others()) {
            boolean same = other.method.equals(message.method)
                    && other.authority.equals(message.authority)
                    && withQuery(other.target).equals(withQuery(message.target))
                    && MessageDigest.isEqual(other.body, message.body);
            Input.require(same || !isLetIn(other.with(input, signature)), "another request is let in: " + other);
        }
        String spelled = signature.replace("==:", ":");
        Input.require(!isLetIn(message.with(input, spelled)), "a signature without padding is let in");
        Input.require(!isLetIn(message.with(input + ", x=()", signature)), "a second input is let in");
        return true;
    }

    /** An empty query and none at all have the same value (RFC 9421 section 2.2.7). */
    private static String withQuery(String target) {
        return target.indexOf('?') < 0 ? target + "?" : target;
    }

    private static boolean isLetIn(Sent request) {
        return Signer.isLetIn(METHOD.authenticate(request));
    }

    private static String base(Message message, String components, String parameters) {
        StringBuilder base = new StringBuilder();
        Matcher names = NAME.matcher(components);
        while (names.find()) {
            base.append(names.group())
                    .append(": ")
                    .append(message.value(names.group(1)))
                    .append('\n');
        }
        return base.append("\"@signature-params\": ").append(parameters).toString();
    }

    private static void isComplete(String input, Message message) {
        for (String component : List.of("\"@method\"", "\"@authority\"", "\"@path\"")) {
            Input.require(input.contains(component), "it does not cover " + component);
        }
        Input.require(message.target.indexOf('?') < 0 || input.contains("\"@query\""), "it does not cover the query");
        Input.require(message.body.length == 0 || input.contains("\"content-digest\""), "it does not cover the body");
        Matcher created = Pattern.compile(";created=([0-9]{1,10})(;|\\z)").matcher(input);
        Input.require(
                created.find() && Math.abs(Long.parseLong(created.group(1)) - Tokens.NOW.getEpochSecond()) <= 30,
                "it was not made within the window");
        Input.require(input.contains(";nonce=\"") && input.contains(";alg=\"ed25519\""), "it lacks a parameter");
    }

    private static String digestOf(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return "sha-256=:" + Base64.getEncoder().encodeToString(hash) + ":";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
