package dev.portcullis.auth.apikey;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Takes over keys that were issued elsewhere, of which only the plain hashes are known. */
final class KeyImport {

    private final APIKeyStore store;
    private final KeyRules rules;
    private final String scheme;
    private final UnkeyedKeys unkeyed;

    KeyImport(APIKeyStore store, KeyRules rules, String scheme, UnkeyedKeys unkeyed) {
        this.store = store;
        this.rules = rules;
        this.scheme = scheme;
        this.unkeyed = unkeyed;
    }

    /** Adds those that are not there yet, and says which these were; nothing is added if there is a fault in any. */
    List<APIKey> addAll(List<APIKey> keys, AuditNote note) {
        for (int i = 0; i < keys.size(); i++) {
            check(keys.get(i), Faults.ofEntry(i));
        }
        List<APIKey> hashed = unkeyed.hashed(keys);
        Set<UUID> added = store.addAll(hashed, note);
        return hashed.stream().filter(key -> added.contains(key.id())).toList();
    }

    private void check(APIKey key, Faults faults) {
        KeyRules.checkOwner(key.owner(), faults);
        KeyRules.checkName(key.name(), faults);
        rules.checkScopes(key.scopes(), null, faults);
        rules.checkAddresses(key.allowList().entries(), faults);
        if (!key.isOf(scheme, key.environment())) {
            faults.add("key_prefix", KeyFault.MALFORMED_KEY_PREFIX);
        }
        faults.add("hash_version", key.hashVersion() == 0 ? null : KeyFault.KEYED_HASH);
        faults.refuse();
    }
}
