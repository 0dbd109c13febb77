package dev.portcullis.auth.jwt;

/** Reads a JSON string that holds more than plain ASCII: escapes (RFC 8259 section 7) and UTF-8 (RFC 3629). */
final class JSONText {

    private final JSONReader in;
    private final StringBuilder text = new StringBuilder();

    JSONText(JSONReader in) {
        this.in = in;
    }

    /** Reads on to the closing quotation mark. */
    String read() throws MalformedJSONException {
        while (true) {
            int c = in.next();
            if (c == '"') {
                return text.toString();
            }
            if (c < 0x20) {
                throw in.malformed("A control character in a string");
            }
            if (c == '\\') {
                escape();
            } else if (c < 0x80) {
                text.append((char) c);
            } else {
                encoded(c);
            }
        }
    }

    private void escape() throws MalformedJSONException {
        int c = in.next();
        switch (c) {
            case '"', '\\', '/' -> text.append((char) c);
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> escapedUnit();
            default -> throw in.malformed("An unknown escape");
        }
    }

    /** A surrogate must be half of a pair (RFC 7493 section 2.1): alone it is no character. */
    private void escapedUnit() throws MalformedJSONException {
        char unit = fourDigits();
        if (!Character.isSurrogate(unit)) {
            text.append(unit);
            return;
        }
        if (Character.isHighSurrogate(unit) && in.next() == '\\' && in.next() == 'u') {
            char low = fourDigits();
            if (Character.isLowSurrogate(low)) {
                text.append(unit).append(low);
                return;
            }
        }
        throw in.malformed("Half of a surrogate pair");
    }

    private char fourDigits() throws MalformedJSONException {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            unit = unit << 4 | hexDigit(in.next());
        }
        return (char) unit;
    }

    private int hexDigit(int c) throws MalformedJSONException {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        if (lower >= 'a' && lower <= 'f') {
            return lower - 'a' + 10;
        }
        throw in.malformed("Not a hexadecimal digit");
    }

    /** Two to four bytes; the shortest form only, no surrogates, nothing over U+10FFFF. */
    private void encoded(int first) throws MalformedJSONException {
        int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
        if (first < 0xc2 || first > 0xf4) {
            throw in.malformed("Not UTF-8");
        }
        int point = first & (0x3f >> more);
        for (int i = 0; i < more; i++) {
            int c = in.next();
            if ((c & 0xc0) != 0x80) {
                throw in.malformed("Not UTF-8");
            }
            point = point << 6 | (c & 0x3f);
        }
        boolean shortest = point >= (more == 3 ? 0x10000 : more == 2 ? 0x800 : 0x80);
        if (!shortest || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
            throw in.malformed("Not UTF-8");
        }
        text.appendCodePoint(point);
    }
}
