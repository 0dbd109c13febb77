package dev.portcullis.auth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which version this is. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/portcullis.properties")) {
            if (in == null) {
                throw new IOException("The version is not in this jar");
            }
            properties.load(in);
        }
        return new String[] {
            "portcullis " + properties.getProperty("version"),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name")
        };
    }
}
