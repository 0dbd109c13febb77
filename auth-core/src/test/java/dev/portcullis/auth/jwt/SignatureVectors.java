package dev.portcullis.auth.jwt;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Signatures that come close to RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 8.2), in the manner of Project
 * Wycheproof: what an encoded message must not look like is signed with the private key all the same.
 */
final class SignatureVectors {

    static final KeyPair PAIR = KeyFixture.pair("vectors");
    static final byte[] MESSAGE = "eyJhbGciOiJSUzI1NiJ9.e30".getBytes(StandardCharsets.US_ASCII);

    private static final BigInteger MODULUS = KeyFixture.publicKey(PAIR).getModulus();
    private static final int LENGTH = 256;

    private SignatureVectors() {}

    /** DigestInfo as section 9.2 has it for SHA-256, with its hash. */
    static byte[] digestInfo() {
        return hex("3031300d060960864801650304020105000420", sha256(MESSAGE));
    }

    static byte[] right() {
        return signed(encoded(digestInfo()));
    }

    /** Every signature that must be refused, by what is wrong with it. */
    static Map<String, byte[]> wrong() {
        Map<String, byte[]> wrong = new LinkedHashMap<>();
        addDigestInfos(wrong);
        addPaddings(wrong);
        addNumbers(wrong);
        addLengths(wrong);
        addOtherSignatures(wrong);
        return wrong;
    }

    private static void addDigestInfos(Map<String, byte[]> wrong) {
        byte[] hash = sha256(MESSAGE);
        digest(
                wrong,
                "length of the sequence in BER's long form",
                hex("308131300d060960864801650304020105000420", hash));
        digest(
                wrong,
                "length of the algorithm in BER's long form",
                hex("303230810d060960864801650304020105000420", hash));
        digest(wrong, "length of the OID in BER's long form", hex("3032300e06810960864801650304020105000420", hash));
        digest(wrong, "length of NULL in BER's long form", hex("3032300e06096086480165030402010581000420", hash));
        digest(wrong, "length of the hash in BER's long form", hex("3032300d06096086480165030402010500048120", hash));
        digest(wrong, "length of the sequence in two octets", hex("30820031300d060960864801650304020105000420", hash));
        digest(wrong, "sequence of indefinite length", hex("3080300d060960864801650304020105000420", hash, "0000"));
        digest(wrong, "algorithm of indefinite length", hex("30333080060960864801650304020105000000" + "0420", hash));
        digest(wrong, "NULL with content", hex("3033300f0609608648016503040201050200000420", hash));
        digest(wrong, "an integer for NULL", hex("3032300e06096086480165030402010201000420", hash));
        digest(wrong, "an empty sequence for NULL", hex("3031300d060960864801650304020130000420", hash));
        digest(wrong, "two NULLs", hex("3033300f0609608648016503040201050005000420", hash));
        digest(wrong, "OID of SHA-384", hex("3031300d060960864801650304020205000420", hash));
        digest(wrong, "OID of SHA-224", hex("3031300d060960864801650304020405000420", hash));
        digest(wrong, "OID of SHA3-256", hex("3031300d060960864801650304020805000420", hash));
        digest(wrong, "OID cut short", hex("3030300c0608608648016503040205000420", hash));
        digest(wrong, "no OID", hex("3026300205000420", hash));
        digest(wrong, "no algorithm", hex("30220420", hash));
        digest(wrong, "no DigestInfo, the hash alone", hash);
        digest(wrong, "no hash", hex("300f300d06096086480165030402010500", new byte[0]));
        digest(wrong, "an empty hash", hex("3011300d060960864801650304020105000400", new byte[0]));
        digest(wrong, "hash cut short", hex("3030300d06096086480165030402010500041f", Arrays.copyOf(hash, 31)));
        digest(wrong, "hash with an octet more", hex("3032300d060960864801650304020105000421", hash, "00"));
        digest(wrong, "hash as a bit string", hex("3031300d060960864801650304020105000320", hash));
        digest(wrong, "hash as a constructed octet string", hex("3033300d0609608648016503040201050024220420", hash));
        digest(
                wrong,
                "trailing octets inside the sequence",
                hex("3033300d060960864801650304020105000420", hash, "0000"));
        digest(
                wrong,
                "trailing octets behind the sequence",
                hex("3031300d060960864801650304020105000420", hash, "0000"));
        digest(wrong, "trailing NULL inside the sequence", hex("3033300d060960864801650304020105000420", hash, "0500"));
        digest(wrong, "a set for the sequence", hex("3131300d060960864801650304020105000420", hash));
        digest(wrong, "empty DigestInfo", new byte[0]);
        digest(wrong, "hash of another text", hex("3031300d060960864801650304020105000420", sha256(new byte[0])));
        byte[] flipped = hash.clone();
        flipped[31] ^= 1;
        digest(wrong, "last bit of the hash flipped", hex("3031300d060960864801650304020105000420", flipped));
        digest(wrong, "SHA-1 of the text", hex("3021300906052b0e03021a05000414", hash("SHA-1", MESSAGE)));
        digest(wrong, "SHA-384 of the text", hex("3041300d060960864801650304020205000430", hash("SHA-384", MESSAGE)));
        digest(wrong, "SHA-512 of the text", hex("3051300d060960864801650304020305000440", hash("SHA-512", MESSAGE)));
    }

    private static void digest(Map<String, byte[]> wrong, String what, byte[] digestInfo) {
        wrong.put("DigestInfo: " + what, signed(encoded(digestInfo)));
    }

    private static void addPaddings(Map<String, byte[]> wrong) {
        padding(wrong, "block type 0", em -> em[1] = 0);
        padding(wrong, "block type 2", em -> em[1] = 2);
        padding(wrong, "block type 3", em -> em[1] = 3);
        padding(wrong, "first octet not zero", em -> em[0] = 1);
        padding(wrong, "zero in the middle", em -> em[100] = 0);
        padding(wrong, "first octet of padding zero", em -> em[2] = 0);
        padding(wrong, "octet of padding not ff", em -> em[100] = (byte) 0xfe);
        padding(wrong, "first octet of padding not ff", em -> em[2] = 0x7f);
        padding(wrong, "last octet of padding not ff", em -> em[LENGTH - 53] = 1);
        padding(wrong, "no zero behind the padding", em -> em[LENGTH - 52] = (byte) 0xff);
        padding(wrong, "one instead of the zero", em -> em[LENGTH - 52] = 1);
        padding(wrong, "all zero", em -> Arrays.fill(em, 2, LENGTH - 52, (byte) 0));
        wrong.put("padding: eight octets and trailing garbage (Bleichenbacher 2006)", signed(shortPadding(8)));
        wrong.put("padding: none and trailing garbage", signed(shortPadding(0)));
        byte[] shifted = new byte[LENGTH];
        System.arraycopy(encoded(digestInfo()), 1, shifted, 0, LENGTH - 1);
        wrong.put("padding: without the leading zero", signed(shifted));
    }

    private interface Change {
        void on(byte[] encoded);
    }

    private static void padding(Map<String, byte[]> wrong, String what, Change change) {
        byte[] encoded = encoded(digestInfo());
        change.on(encoded);
        wrong.put("padding: " + what, signed(encoded));
    }

    private static byte[] shortPadding(int octets) {
        byte[] encoded = new byte[LENGTH];
        Arrays.fill(encoded, 2, 2 + octets, (byte) 0xff);
        encoded[1] = 1;
        byte[] info = digestInfo();
        System.arraycopy(info, 0, encoded, 3 + octets, info.length);
        Arrays.fill(encoded, 3 + octets + info.length, LENGTH, (byte) 0xa5);
        return encoded;
    }

    private static void addNumbers(Map<String, byte[]> wrong) {
        BigInteger right = new BigInteger(1, right());
        number(wrong, "0", BigInteger.ZERO);
        number(wrong, "1", BigInteger.ONE);
        number(wrong, "2", BigInteger.TWO);
        number(wrong, "modulus - 1", MODULUS.subtract(BigInteger.ONE));
        number(wrong, "modulus", MODULUS);
        number(wrong, "modulus + 1", MODULUS.add(BigInteger.ONE));
        number(wrong, "all ones", BigInteger.ONE.shiftLeft(LENGTH * 8).subtract(BigInteger.ONE));
        number(wrong, "modulus - signature", MODULUS.subtract(right));
        number(wrong, "the encoded message itself", new BigInteger(1, encoded(digestInfo())));
        wrong.put("number: signature + modulus", plusModulus(right));
        wrong.put("number: signature + 1", octets(right.add(BigInteger.ONE), LENGTH));
        byte[] reversed = right();
        for (int i = 0; i < LENGTH / 2; i++) {
            byte b = reversed[i];
            reversed[i] = reversed[LENGTH - 1 - i];
            reversed[LENGTH - 1 - i] = b;
        }
        wrong.put("number: octets in reverse", reversed);
    }

    /** In as many octets as it needs: 256 for about every second key, else 257. */
    private static byte[] plusModulus(BigInteger signature) {
        BigInteger sum = signature.add(MODULUS);
        return octets(sum, (sum.bitLength() + 7) / 8);
    }

    private static void number(Map<String, byte[]> wrong, String what, BigInteger number) {
        wrong.put("number: " + what, octets(number, LENGTH));
    }

    private static void addLengths(Map<String, byte[]> wrong) {
        byte[] right = right();
        wrong.put("length: empty", new byte[0]);
        wrong.put("length: one zero octet", new byte[1]);
        wrong.put("length: last octet missing", Arrays.copyOf(right, LENGTH - 1));
        wrong.put("length: first octet missing", Arrays.copyOfRange(right, 1, LENGTH));
        wrong.put("length: half", Arrays.copyOf(right, LENGTH / 2));
        wrong.put("length: zero in front", octets(new BigInteger(1, right), LENGTH + 1));
        wrong.put("length: zero behind", Arrays.copyOf(right, LENGTH + 1));
        wrong.put("length: twice the signature", twice(right));
        wrong.put("length: 64 KiB in front", octets(new BigInteger(1, right), 65536));
    }

    private static byte[] twice(byte[] right) {
        byte[] twice = Arrays.copyOf(right, 2 * LENGTH);
        System.arraycopy(right, 0, twice, LENGTH, LENGTH);
        return twice;
    }

    private static void addOtherSignatures(Map<String, byte[]> wrong) {
        wrong.put("signature: by another key", KeyFixture.sign(KeyFixture.pair("a"), MESSAGE));
        wrong.put("signature: of another text", KeyFixture.sign(PAIR, "other".getBytes(StandardCharsets.US_ASCII)));
        for (int bit = 0; bit < LENGTH * 8; bit += 173) {
            byte[] flipped = right();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            wrong.put("signature: bit " + bit + " flipped", flipped);
        }
    }

    /** EMSA-PKCS1-v1_5 (section 9.2): 00 01 ff ... ff 00 DigestInfo. */
    static byte[] encoded(byte[] digestInfo) {
        byte[] encoded = new byte[LENGTH];
        Arrays.fill(encoded, 2, LENGTH - digestInfo.length - 1, (byte) 0xff);
        encoded[1] = 1;
        System.arraycopy(digestInfo, 0, encoded, LENGTH - digestInfo.length, digestInfo.length);
        return encoded;
    }

    /** RSASP1 (section 5.2.1). */
    static byte[] signed(byte[] encoded) {
        BigInteger message = new BigInteger(1, encoded).mod(MODULUS);
        return octets(message.modPow(KeyFixture.privateKey(PAIR).getPrivateExponent(), MODULUS), LENGTH);
    }

    private static byte[] octets(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        int used = Math.min(bytes.length, length);
        byte[] octets = new byte[length];
        System.arraycopy(bytes, bytes.length - used, octets, length - used, used);
        return octets;
    }

    static byte[] hex(String front, byte[] middle) {
        return hex(front, middle, "");
    }

    private static byte[] hex(String front, byte[] middle, String back) {
        return HexFormat.of().parseHex(front + HexFormat.of().formatHex(middle) + back);
    }

    static byte[] sha256(byte[] text) {
        return hash("SHA-256", text);
    }

    private static byte[] hash(String algorithm, byte[] text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
