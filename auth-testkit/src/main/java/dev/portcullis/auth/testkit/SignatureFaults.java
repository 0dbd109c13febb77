package dev.portcullis.auth.testkit;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Signatures that are not the one RS256 signature of the token by its key (RFC 8017 section 8.2.2). */
final class SignatureFaults {

    /** The DER encoding of a DigestInfo for SHA-256, up to the hash (RFC 8017 section 9.2). */
    private static final String SHA256_INFO = "3031300d060960864801650304020105000420";

    private final Forge forge;
    private final Batch batch = new Batch("signature");
    private final String input;
    private final byte[] right;
    private final BigInteger number;

    SignatureFaults(Forge forge) {
        this.forge = forge;
        this.input = Forge.input(forge.header(), forge.claims());
        this.right = forge.signature(input);
        this.number = new BigInteger(1, right);
    }

    List<HostileToken> tokens() {
        addOfOtherTexts();
        addLengths();
        addNumbers();
        addFlippedBits();
        addOtherAlgorithms();
        addEncodings();
        return batch.tokens();
    }

    private void add(String fault, byte[] signature) {
        batch.add(fault, input + "." + Forge.base64(signature), Words.SIGNATURE);
    }

    private void addOfOtherTexts() {
        String header = Forge.base64(forge.header().toString());
        String payload = Forge.base64(forge.claims().toString());
        String other = Forge.input(forge.header(), forge.claims().withText("sub", "user-2"));
        add("of another token", forge.signature(other));
        batch.add("with another payload", other + "." + Forge.base64(right), Words.SIGNATURE);
        String headed = Forge.input(forge.header().withText("x", "1"), forge.claims());
        batch.add("with another header", headed + "." + Forge.base64(right), Words.SIGNATURE);
        String admin = Forge.input(forge.header(), forge.claims().with("permissions", "[\"catalog:write\"]"));
        batch.add("with more permissions", admin + "." + Forge.base64(right), Words.SIGNATURE);
        String spaced = Forge.input(Forge.utf8(forge.header().toString()), Forge.utf8(" " + forge.claims()));
        batch.add("with a space more in the payload", spaced + "." + Forge.base64(right), Words.SIGNATURE);
        add("over nothing", forge.signature(""));
        add("over the header alone", forge.signature(header));
        add("over the payload alone", forge.signature(payload));
        add("over a dot more", forge.signature(input + "."));
        add("over payload and header", forge.signature(payload + "." + header));
        add("over the texts before they were encoded", forge.signature(forge.header() + "." + forge.claims()));
        add("over the signature", forge.signature(Forge.base64(right)));
    }

    private void addLengths() {
        add("without its last octet", Arrays.copyOf(right, right.length - 1));
        add("without its first octet", Arrays.copyOfRange(right, 1, right.length));
        add("without its second half", Arrays.copyOf(right, right.length / 2));
        add("with an octet behind it", Arrays.copyOf(right, right.length + 1));
        add("with a zero before it", Forge.octets(number, right.length + 1));
        add("with 256 zeros before it", Forge.octets(number, right.length * 2));
        add("twice", twice());
        add("of one octet", new byte[1]);
        add("in hexadecimal", Forge.utf8(HexFormat.of().formatHex(right)));
        add("in base64url twice", Forge.utf8(Forge.base64(right)));
    }

    private byte[] twice() {
        byte[] twice = Arrays.copyOf(right, right.length * 2);
        System.arraycopy(right, 0, twice, right.length, right.length);
        return twice;
    }

    private void addNumbers() {
        BigInteger modulus = forge.modulus();
        int length = right.length;
        add("zero", new byte[length]);
        add("one", Forge.octets(BigInteger.ONE, length));
        add("the modulus less one", Forge.octets(modulus.subtract(BigInteger.ONE), length));
        add("the modulus", Forge.octets(modulus, length));
        add(
                "the largest number",
                Forge.octets(BigInteger.ONE.shiftLeft(length * 8).subtract(BigInteger.ONE), length));
        add("one more", Forge.octets(number.add(BigInteger.ONE), length));
        add("its negative", Forge.octets(modulus.subtract(number), length));
        add("and the modulus", Forge.octets(number.add(modulus), length));
        add("and twice the modulus", Forge.octets(number.add(modulus.shiftLeft(1)), length));
        byte[] reversed = right.clone();
        for (int i = 0; i < length; i++) {
            reversed[i] = right[length - 1 - i];
        }
        add("with its octets in reverse", reversed);
    }

    private void addFlippedBits() {
        for (int octet : List.of(0, 1, 63, 127, 128, 191, 254, 255)) {
            byte[] flipped = right.clone();
            flipped[octet] ^= (byte) (1 << octet % 8);
            add("with a bit of octet " + octet + " flipped", flipped);
        }
        byte[] payload = Forge.utf8(forge.claims().toString());
        for (int i = 0; i < 8; i++) {
            byte[] flipped = payload.clone();
            flipped[payload.length * i / 8] ^= (byte) (1 << i);
            String text = Forge.input(Forge.utf8(forge.header().toString()), flipped);
            batch.add("with bit " + i + " of the payload flipped", text + "." + Forge.base64(right), Words.SIGNATURE);
        }
    }

    /** By the right key over the right text, in a token that says RS256. */
    private void addOtherAlgorithms() {
        for (String algorithm : List.of("MD5withRSA", "SHA1withRSA", "SHA384withRSA", "SHA512withRSA")) {
            add("by " + algorithm, forge.signature(algorithm, null, input));
        }
        PSSParameterSpec pss = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
        add("by RSASSA-PSS", forge.signature("RSASSA-PSS", pss, input));
    }

    /** What a lenient reader of the padding or of BER would take for the hash of the text. */
    private void addEncodings() {
        String hash = HexFormat.of().formatHex(hash());
        add("without DigestInfo", forge.raw(encoded("01", hash)));
        add("with block type 2", forge.raw(encoded("02", SHA256_INFO + hash)));
        add("with block type 0", forge.raw(encoded("00", SHA256_INFO + hash)));
        add("with a length in BER", forge.raw(encoded("01", "308131" + SHA256_INFO.substring(4) + hash)));
        add("with octets behind the DigestInfo", forge.raw(encoded("01", SHA256_INFO + hash + "0000")));
        add("with the hash cut short", forge.raw(encoded("01", SHA256_INFO + hash.substring(2))));
        add("with another hash", forge.raw(encoded("01", SHA256_INFO + "00".repeat(32))));
        String few = "0001" + "ff".repeat(8) + "00" + SHA256_INFO + hash;
        String garbage = few + "00".repeat(right.length - few.length() / 2);
        add("with eight octets of padding", forge.raw(HexFormat.of().parseHex(garbage)));
    }

    private byte[] encoded(String blockType, String info) {
        String fill = blockType.equals("00") ? "00" : "ff";
        int padding = right.length - 3 - info.length() / 2;
        return HexFormat.of().parseHex("00" + blockType + fill.repeat(padding) + "00" + info);
    }

    private byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(Forge.utf8(input));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
