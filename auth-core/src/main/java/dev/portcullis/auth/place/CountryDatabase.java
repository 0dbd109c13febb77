package dev.portcullis.auth.place;

import com.maxmind.db.InvalidDatabaseException;
import com.maxmind.db.Reader;
import dev.portcullis.auth.AuthUnavailableException;
import dev.portcullis.auth.IPAddress;
import dev.portcullis.auth.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Countries by a database file in MaxMind's format, such as GeoLite2-Country, GeoIP2-City, or another with the member
 * {@code country} (or, where that is not known, {@code registered_country}) and its {@code iso_code}. All of the file is
 * read into memory. To use a newer file, open it and put it in the place of this one.
 *
 * <p>Safe for use by many threads at once.
 */
public final class CountryDatabase implements CountryLookup, AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final List<String> COUNTRIES = List.of("country", "registered_country");

    private final Reader reader;

    private CountryDatabase(Reader reader) {
        this.reader = reader;
    }

    /**
     * Opens a database.
     *
     * @param file the file, usually with the ending {@code .mmdb}
     * @return the countries
     * @throws IllegalArgumentException if it cannot be read, or is no such database; it names the file
     */
    public static CountryDatabase open(Path file) {
        try {
            return new CountryDatabase(new Reader(file.toFile(), Reader.FileMode.MEMORY));
        } catch (InvalidDatabaseException e) {
            throw new IllegalArgumentException("The file " + file + " is no database in MaxMind's format", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("The file " + file + " with the countries cannot be read", e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuthUnavailableException if the file is damaged there, or was closed
     */
    @Override
    public @Nullable String countryOf(IPAddress address) {
        Map<?, ?> found;
        try {
            found = reader.get(address.toInetAddress(), Map.class);
        } catch (IOException | RuntimeException e) { // what the reader throws of damaged data is not all declared
            throw new AuthUnavailableException(Reason.COUNTRY_UNAVAILABLE, RETRY_AFTER, e);
        }
        if (found != null) {
            for (String member : COUNTRIES) {
                if (found.get(member) instanceof Map<?, ?> country && country.get("iso_code") instanceof String code) {
                    return code;
                }
            }
        }
        return null;
    }

    /** Lets go of the file. */
    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new IllegalStateException("A database in memory has nothing that could fail to close", e);
        }
    }

    /** Which database it is. */
    @Override
    public String toString() {
        return "CountryDatabase[" + reader.getMetadata().databaseType() + "]";
    }
}
