package dev.portcullis.auth;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The addresses from which a credential may be used: single ones and blocks (CIDR), IPv4 and IPv6. Immutable.
 *
 * <p>Entries are literals with one reading: {@code 192.0.2.1}, {@code 192.0.2.0/24}, {@code 2001:db8::/32}; no names, no
 * leading zeros, no zones, no bits behind the prefix. They are kept in their canonical spelling (RFC 5952), each once.
 */
public final class AllowList {

    private static final AllowList EVERYWHERE = new AllowList(List.of());

    private final List<AddressBlock> blocks;

    private AllowList(Collection<AddressBlock> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /**
     * No list: every address is allowed, also one that is not known.
     *
     * @return the one instance
     */
    public static AllowList everywhere() {
        return EVERYWHERE;
    }

    /**
     * A list of entries.
     *
     * @param entries addresses and blocks; if there are none, every address is allowed
     * @return the list
     * @throws IllegalArgumentException if {@link #isEntry} does not hold for one
     */
    public static AllowList of(Collection<String> entries) {
        Set<AddressBlock> blocks = new LinkedHashSet<>();
        for (String entry : entries) {
            AddressBlock block = AddressBlock.parse(entry);
            if (block == null) {
                throw new IllegalArgumentException("An entry of an allow-list must be an IPv4 or IPv6 address or block,"
                        + " such as 192.0.2.1 or 2001:db8::/32");
            }
            blocks.add(block);
        }
        return blocks.isEmpty() ? EVERYWHERE : new AllowList(blocks);
    }

    /**
     * Whether a text can be an entry.
     *
     * @param text the text
     * @return whether it is an address or a block
     */
    public static boolean isEntry(String text) {
        return AddressBlock.parse(text) != null;
    }

    /**
     * Whether there is no list.
     *
     * @return whether every address is allowed
     */
    public boolean isEverywhere() {
        return blocks.isEmpty();
    }

    /**
     * Whether a credential may be used from an address.
     *
     * @param address the address, or null if it is not known, which is on no list
     * @return whether it may be
     */
    public boolean allows(@Nullable IPAddress address) {
        if (blocks.isEmpty()) {
            return true;
        }
        if (address != null) {
            for (AddressBlock block : blocks) {
                if (block.contains(address)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The entries, as they were given but in their canonical spelling.
     *
     * @return an immutable list; empty if every address is allowed
     */
    public List<String> entries() {
        return blocks.stream().map(AddressBlock::toString).toList();
    }

    /** Two lists are equal if they have the same entries in the same order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AllowList that && blocks.equals(that.blocks);
    }

    @Override
    public int hashCode() {
        return blocks.hashCode();
    }

    @Override
    public String toString() {
        return "AllowList" + blocks;
    }
}
