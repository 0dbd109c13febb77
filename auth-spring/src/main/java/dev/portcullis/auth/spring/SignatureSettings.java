package dev.portcullis.auth.spring;

import dev.portcullis.auth.signature.InMemoryReplayMemory;
import dev.portcullis.auth.signature.ReplayMemory;
import dev.portcullis.auth.signature.ReplayProtection;
import dev.portcullis.auth.signature.SignedRequestAuthentication;
import dev.portcullis.auth.signature.SigningKeyStore;
import dev.portcullis.auth.signature.SigningKeys;
import dev.portcullis.auth.spring.SignatureProperties.Memory;
import org.jspecify.annotations.Nullable;

/** Makes of {@code portcullis.signatures} what lets signed requests in, and what registers keys. */
final class SignatureSettings {

    private static final String SIGNATURES = "portcullis.signatures";
    private static final String SINGLE_NODE = SIGNATURES + ".single-node";
    private static final String REPLAY_MEMORY = SIGNATURES + ".replay-memory";
    private static final int LARGEST_BODY = Integer.MAX_VALUE;

    private final SignatureProperties signatures;

    SignatureSettings(SignatureProperties signatures) {
        this.signatures = signatures;
    }

    SignedRequestAuthentication authentication(SigningKeyStore store, @Nullable ReplayMemory shared) {
        SignedRequestAuthentication.Builder builder =
                SignedRequestAuthentication.builder().store(store);
        if (signatures.headerPrefix() != null) {
            builder.headerPrefix(signatures.headerPrefix());
        }
        if (signatures.window() != null) {
            builder.window(signatures.window());
        }
        if (signatures.maximumBody() != null) {
            builder.maximumBody((int) Math.min(signatures.maximumBody().toBytes(), LARGEST_BODY));
        }
        if (signatures.messageSignatures()) {
            builder.acceptMessageSignatures();
        }
        remember(builder, shared);
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw CoreSetting.wrongUnder(SIGNATURES, e);
        }
    }

    private void remember(SignedRequestAuthentication.Builder builder, @Nullable ReplayMemory shared) {
        if (signatures.replayProtection() != null) {
            builder.replayProtection(signatures.replayProtection());
        }
        refuseContradictions(shared);
        if (signatures.replayProtection() == ReplayProtection.OFF) {
            return;
        }
        if (shared == null) {
            checkMemory();
        }
        builder.replayMemory(shared == null ? new InMemoryReplayMemory() : shared);
    }

    private void refuseContradictions(@Nullable ReplayMemory shared) {
        boolean off = signatures.replayProtection() == ReplayProtection.OFF;
        if (off && (signatures.singleNode() || signatures.replayMemory() != null)) {
            throw new SettingException(
                    signatures.singleNode() ? SINGLE_NODE : REPLAY_MEMORY,
                    "is set, but " + SIGNATURES + ".replay-protection is off, so that nothing is remembered",
                    "Remove one of them.");
        }
        if (shared != null && (signatures.singleNode() || signatures.replayMemory() == Memory.MEMORY)) {
            throw new SettingException(
                    signatures.singleNode() ? SINGLE_NODE : REPLAY_MEMORY,
                    "says that requests are remembered in this process, but there is another memory of them",
                    "Remove it, or what makes the ReplayMemory bean.");
        }
    }

    private void checkMemory() {
        if (signatures.replayMemory() == Memory.REDIS) {
            throw MissingStore.of(REPLAY_MEMORY, "redis", "ReplayMemory");
        }
        if (!signatures.singleNode()) {
            throw new SettingException(
                    SINGLE_NODE,
                    "is not true, and there is no memory of requests that several nodes share",
                    "Set " + REPLAY_MEMORY + "=redis, or define a ReplayMemory bean; or set " + SINGLE_NODE
                            + "=true where no other process lets in the same requests.");
        }
    }

    SigningKeys keys(SigningKeyStore store) {
        SigningKeys.Builder builder = SigningKeys.builder().store(store);
        if (signatures.maximumKeys() != null) {
            builder.maximumKeys(signatures.maximumKeys());
        }
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw CoreSetting.wrongUnder(SIGNATURES, e);
        }
    }

    /** Where keys are managed; without a slash at the end. */
    String endpoints() {
        return KeyPaths.checked(
                SIGNATURES + ".management.base-path", signatures.management().basePath());
    }
}
