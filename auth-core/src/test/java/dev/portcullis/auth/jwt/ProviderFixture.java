package dev.portcullis.auth.jwt;

import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A signature provider that does what a test wants, and counts. */
final class ProviderFixture extends Provider {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What its engines answer, given what a good one would. */
    @FunctionalInterface
    interface Verdict {
        boolean on(boolean truth) throws SignatureException;
    }

    private final AtomicInteger engines = new AtomicInteger();
    private final AtomicInteger initialised = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private transient volatile Verdict verdict;

    ProviderFixture(String algorithm, Verdict verdict) {
        super("Fixture", "1", "for tests");
        this.verdict = verdict;
        putService(new Service(this, "Signature", algorithm, Engine.class.getName(), List.of(), null) {
            @Override
            public Object newInstance(Object parameter) {
                engines.incrementAndGet();
                return new Engine();
            }
        });
    }

    void answers(Verdict next) {
        verdict = next;
    }

    int engines() {
        return engines.get();
    }

    int initialised() {
        return initialised.get();
    }

    /** How many signatures were shown to it. */
    int asked() {
        return asked.get();
    }

    private final class Engine extends SignatureSpi {

        private final Signature good;

        Engine() {
            try {
                good = Signature.getInstance("SHA256withRSA", "SunRsaSign");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            initialised.incrementAndGet();
            good.initVerify(key);
        }

        @Override
        protected void engineInitSign(PrivateKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineUpdate(byte octet) throws SignatureException {
            good.update(octet);
        }

        @Override
        protected void engineUpdate(byte[] octets, int from, int length) throws SignatureException {
            good.update(octets, from, length);
        }

        @Override
        protected byte[] engineSign() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            asked.incrementAndGet();
            return verdict.on(good.verify(signature));
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
