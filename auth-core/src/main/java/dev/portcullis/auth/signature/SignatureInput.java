package dev.portcullis.auth.signature;

import dev.portcullis.auth.AuthRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one message signature covers (RFC 9421 section 2): derived components of the request, and header fields as they are.
 *
 * @param components their names, in order
 * @param parameters the signature's own, in order: {@code Long} and {@code String} values
 */
record SignatureInput(List<String> components, Map<String, Object> parameters) {

    private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");

    static final String METHOD = "@method";
    static final String AUTHORITY = "@authority";
    static final String PATH = "@path";
    static final String QUERY = "@query";
    static final String CONTENT_DIGEST = "content-digest";

    private static final Set<String> DERIVED = Set.of(METHOD, AUTHORITY, PATH, QUERY);
    private static final Set<String> NUMBERS = Set.of("created", "expires");
    private static final Set<String> TEXTS = Set.of("nonce", "keyid", "alg");

    /**
     * Reads a member of {@code Signature-Input}.
     *
     * @throws UnacceptableRequestException if it has components or parameters that are not known here
     */
    static SignatureInput of(@Nullable Object member) throws UnacceptableRequestException {
        if (!(member instanceof StructuredField.InnerList list)) {
            throw UnacceptableRequestException.malformed();
        }
        List<String> components = new ArrayList<>();
        for (StructuredField.Item item : list.items()) {
            components.add(component(item));
        }
        boolean once = new HashSet<>(components).size() == components.size();
        if (!once || !list.parameters().entrySet().stream().allMatch(SignatureInput::isKnown)) {
            throw UnacceptableRequestException.malformed();
        }
        return new SignatureInput(components, list.parameters());
    }

    private static String component(StructuredField.Item item) throws UnacceptableRequestException {
        boolean known = item.parameters().isEmpty()
                && item.value() instanceof String name
                && (DERIVED.contains(name) || FIELD_NAME.matcher(name).matches());
        if (!known) {
            throw UnacceptableRequestException.malformed();
        }
        return (String) item.value();
    }

    private static boolean isKnown(Map.Entry<String, Object> parameter) {
        return parameter.getValue() instanceof Long
                ? NUMBERS.contains(parameter.getKey())
                : parameter.getValue() instanceof String && TEXTS.contains(parameter.getKey());
    }

    boolean covers(String component) {
        return components.contains(component);
    }

    /** A number, or null if it is not given. */
    @Nullable
    Long number(String parameter) {
        return parameters.get(parameter) instanceof Long number ? number : null;
    }

    /** A text, or null if it is not given. */
    @Nullable
    String text(String parameter) {
        return parameters.get(parameter) instanceof String text ? text : null;
    }

    /** As RFC 9421 section 2.3 has it: always in the same spelling, however it was sent. */
    String serialized() {
        StringBuilder text = new StringBuilder("(");
        for (String component : components) {
            text.append(text.length() == 1 ? "" : " ").append(StructuredField.quoted(component));
        }
        text.append(')');
        parameters.forEach((name, value) -> text.append(';')
                .append(name)
                .append('=')
                .append(value instanceof String string ? StructuredField.quoted(string) : value));
        return text.toString();
    }

    /**
     * The signature base (RFC 9421 section 2.5).
     *
     * @throws UnacceptableRequestException if a field that is covered is not there, or has no single line of printable text
     */
    byte[] base(AuthRequest request) throws UnacceptableRequestException {
        StringBuilder base = new StringBuilder();
        for (String component : components) {
            base.append(StructuredField.quoted(component))
                    .append(": ")
                    .append(value(component, request))
                    .append('\n');
        }
        base.append("\"@signature-params\": ").append(serialized());
        return base.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String value(String component, AuthRequest request) throws UnacceptableRequestException {
        return switch (component) {
            case METHOD -> request.method();
            case AUTHORITY -> printable(authority(request));
            case PATH -> path(SignedTarget.of(request));
            case QUERY -> query(SignedTarget.of(request));
            default -> field(component, request);
        };
    }

    private static String authority(AuthRequest request) throws UnacceptableRequestException {
        String authority = request.authority();
        if (authority == null) {
            throw UnacceptableRequestException.malformed();
        }
        return HeaderField.trimmed(authority).toLowerCase(Locale.ROOT);
    }

    private static String path(String target) {
        int end = target.indexOf('?');
        return end < 0 ? target : target.substring(0, end);
    }

    /** With its question mark, which stands alone if there is no query (RFC 9421 section 2.2.7). */
    private static String query(String target) {
        int mark = target.indexOf('?');
        return mark < 0 ? "?" : target.substring(mark);
    }

    /** RFC 9421 section 2.1. */
    private static String field(String name, AuthRequest request) throws UnacceptableRequestException {
        List<String> lines = request.headers(name);
        if (lines.isEmpty()) {
            throw UnacceptableRequestException.malformed();
        }
        return printable(
                String.join(", ", lines.stream().map(HeaderField::trimmed).toList()));
    }

    private static String printable(String value) throws UnacceptableRequestException {
        if (!value.chars().allMatch(c -> (c >= 0x20 && c < 0x7f) || c == '\t')) {
            throw UnacceptableRequestException.malformed();
        }
        return value;
    }
}
