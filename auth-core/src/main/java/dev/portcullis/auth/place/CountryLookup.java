package dev.portcullis.auth.place;

import dev.portcullis.auth.IPAddress;
import org.jspecify.annotations.Nullable;

/**
 * Which country an address is in, as a database says. It is asked for every request that is judged by country, by many
 * threads at once, and must be quick.
 */
@FunctionalInterface
public interface CountryLookup {

    /**
     * Looks an address up. Whatever exception this throws, the request is answered with 503.
     *
     * @param address the client's address
     * @return the two letters of ISO 3166-1, such as {@code CH}; or null if the country is not known
     */
    @Nullable
    String countryOf(IPAddress address);
}
