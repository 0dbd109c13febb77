package dev.portcullis.auth.spring;

import dev.portcullis.auth.apikey.APIKeys;
import dev.portcullis.auth.signature.ReplayMemory;
import dev.portcullis.auth.signature.SigningKeyStore;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/** Looks for properties under {@code portcullis.signatures} that nothing reads, and for a store that is missing. */
final class SignatureContents {

    private static final String ALL = "portcullis.signatures";
    private static final String STORE = ALL + ".store";
    private static final String MANAGEMENT = ALL + ".management.enabled";
    private static final String REPLAY_MEMORY = ALL + ".replay-memory";
    private static final String[] METHOD = {
        ALL + ".header-prefix",
        ALL + ".window",
        ALL + ".maximum-body",
        ALL + ".message-signatures",
        ALL + ".replay-protection",
        ALL + ".single-node"
    };

    private final ListableBeanFactory beans;
    private final Environment environment;
    private final ReadCheck read;

    SignatureContents(ListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
        this.read = new ReadCheck(beans, environment);
    }

    void check() {
        if (!read.isThere(ALL) || "false".equalsIgnoreCase(environment.getProperty(ALL + ".enabled"))) {
            return;
        }
        if (!isAny(SigningKeyStore.class)) {
            throw new SettingException(
                    ALL,
                    "is set, but there is no store of signing keys",
                    "Set " + STORE + " to jdbc, or to memory for keys that are gone with the process; define a"
                            + " SigningKeyStore bean; or remove what stands under " + ALL + ".");
        }
        read.check(STORE, "SigningKeyStore", "portcullisMemorySigningKeys", "portcullisDatabaseSigningKeys");
        for (String property : METHOD) {
            read.check(property, "SignedRequestAuthentication", "portcullisSignatures");
        }
        if ("redis".equalsIgnoreCase(environment.getProperty(REPLAY_MEMORY)) && isAny(ReplayMemory.class)) {
            read.check(REPLAY_MEMORY, "ReplayMemory", "portcullisRedisReplayMemory");
        }
        read.check(ALL + ".maximum-keys", "SigningKeys", "portcullisSigningKeys");
        if ("true".equalsIgnoreCase(environment.getProperty(MANAGEMENT))) {
            checkManagement();
        }
    }

    private void checkManagement() {
        if (!isAny(APIKeys.class)) {
            throw new SettingException(
                    MANAGEMENT,
                    "is true, but there are no API keys, whose rules say who manages keys",
                    "Set portcullis.api-keys.store, define an APIKeyStore bean, or remove it.");
        }
        read.check(MANAGEMENT, "SigningKeyServlet", "portcullisSigningKeyEndpoints");
    }

    private boolean isAny(Class<?> type) {
        return beans.getBeanNamesForType(type, true, false).length > 0;
    }
}
