package dev.portcullis.auth.cli;

import java.util.UUID;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Reads the identifier of a key. */
final class KeyID implements ITypeConverter<UUID> {

    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    @Override
    public UUID convert(String text) {
        if (!FORM.matcher(text).matches()) {
            throw Failure.misused("write the key's identifier, a UUID, as portcullis keys list shows it. What was given"
                    + " is not repeated: if it was a key, replace it");
        }
        return UUID.fromString(text);
    }
}
