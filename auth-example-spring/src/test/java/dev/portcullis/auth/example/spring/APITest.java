package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.APISuite;
import dev.portcullis.auth.example.ExampleServer;
import org.junit.jupiter.api.Nested;

/** The API is the same in both ways. */
class APITest {

    @Nested
    class InsideSpringSecurity extends APISuite {

        @Override
        protected ExampleServer.Kind kind() {
            return setup -> SpringServer.start(setup, false);
        }
    }

    @Nested
    class AsPlainFilters extends APISuite {

        @Override
        protected ExampleServer.Kind kind() {
            return setup -> SpringServer.start(setup, true);
        }
    }
}
