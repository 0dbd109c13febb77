package dev.portcullis.auth.jwt;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The RS256 example of RFC 7515 appendix A.2, by which a signature provider shows that it can do its work. */
final class SignatureProbe {

    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
    private static final String MODULUS =
            "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4Ql"
                    + "L-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUs"
                    + "LA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoud"
                    + "F8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
    private static final String SIGNED = "eyJhbGciOiJSUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    private static final String SIGNATURE =
            "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujG"
                    + "bds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K"
                    + "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6"
                    + "LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

    private SignatureProbe() {}

    /**
     * Has a provider verify the example, and a signature that is wrong in one bit.
     *
     * @param provider the provider, or null for the platform's choice
     * @throws IllegalArgumentException if it does not get both right
     */
    static void check(@Nullable Provider provider) {
        Exception cause = null;
        try {
            if (isRightAbout(provider)) {
                return;
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            cause = e;
        }
        String name = provider == null ? "the platform's own" : provider.getName();
        throw new IllegalArgumentException(
                "signatureProvider (" + name + ") cannot verify SHA256withRSA signatures:"
                        + " name a provider that can, or leave the setting out for the platform's own",
                cause);
    }

    private static boolean isRightAbout(@Nullable Provider provider) throws GeneralSecurityException {
        BigInteger modulus = new BigInteger(1, Base64.getUrlDecoder().decode(MODULUS));
        SigningKey key = new SigningKey(null, modulus, EXPONENT, provider);
        byte[] signed = SIGNED.getBytes(StandardCharsets.US_ASCII);
        byte[] signature = Base64.getUrlDecoder().decode(SIGNATURE);
        boolean right = key.verify(signed, signed.length, signature, signature.length);
        signature[signature.length - 1] ^= 1;
        return right && !key.verify(signed, signed.length, signature, signature.length);
    }
}
