package dev.portcullis.auth.jwt;

/**
 * Base64url as RFC 7515 section 2 has it, and only one spelling of each value: no padding, no white space, no foreign
 * characters, and the bits that are left over are zero (RFC 4648 section 3.5).
 */
final class Base64URL {

    private static final byte[] VALUES = values();

    private Base64URL() {}

    private static byte[] values() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        byte[] values = new byte[256];
        java.util.Arrays.fill(values, (byte) -1);
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }

    /** How many bytes a text of this length stands for. */
    static int decodedLength(int length) {
        return length / 4 * 3 + Math.max(0, length % 4 - 1);
    }

    /**
     * Decodes a stretch of ASCII text.
     *
     * @param in the text
     * @param from where it begins
     * @param to where it ends
     * @param out takes the bytes, from its index 0 on
     * @return how many bytes there are, or -1 if the text is not strict base64url
     */
    static int decode(byte[] in, int from, int to, byte[] out) {
        int rest = (to - from) % 4;
        int o = 0;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            int bits = VALUES[in[i] & 0xff] << 18
                    | VALUES[in[i + 1] & 0xff] << 12
                    | VALUES[in[i + 2] & 0xff] << 6
                    | VALUES[in[i + 3] & 0xff];
            if (bits < 0) {
                return -1;
            }
            out[o] = (byte) (bits >> 16);
            out[o + 1] = (byte) (bits >> 8);
            out[o + 2] = (byte) bits;
            o += 3;
        }
        return rest == 0 ? o : decodeRest(in, i, rest, out, o);
    }

    private static int decodeRest(byte[] in, int from, int rest, byte[] out, int length) {
        if (rest == 1) {
            return -1;
        }
        int third = rest == 3 ? VALUES[in[from + 2] & 0xff] : 0;
        int bits = VALUES[in[from] & 0xff] << 12 | VALUES[in[from + 1] & 0xff] << 6 | third;
        int unused = rest == 3 ? 0x3 : 0x3ff;
        if (bits < 0 || (bits & unused) != 0) {
            return -1;
        }
        out[length] = (byte) (bits >> 10);
        if (rest == 3) {
            out[length + 1] = (byte) (bits >> 2);
        }
        return length + rest - 1;
    }
}
