package dev.portcullis.auth.apikey;

import dev.portcullis.auth.SHA256;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hashes of one key, from the latest version to the plain one; each is computed when it is come to. */
final class KeyHashes extends AbstractList<SHA256> {

    private final SHA256 plain;
    private final List<Pepper> peppers;
    private final @Nullable SHA256[] known;

    KeyHashes(SHA256 plain, List<Pepper> peppers, boolean withPlain) {
        this.plain = plain;
        this.peppers = peppers;
        this.known = new SHA256[peppers.size() + (withPlain ? 1 : 0)];
    }

    @Override
    public SHA256 get(int index) {
        SHA256 hash = known[index];
        if (hash == null) {
            hash = index == peppers.size() ? plain : peppers.get(index).hash(plain);
            known[index] = hash;
        }
        return hash;
    }

    @Override
    public int size() {
        return known.length;
    }

    /** Never a hash. */
    @Override
    public String toString() {
        return "KeyHashes[" + size() + "]";
    }
}
