package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.ExampleServer;
import dev.portcullis.auth.example.PlaceSuite;
import org.junit.jupiter.api.Nested;

/** Where requests come from is the same in both ways. */
class PlaceTest {

    @Nested
    class InsideSpringSecurity extends PlaceSuite {

        @Override
        protected ExampleServer.Kind kind() {
            return setup -> SpringServer.start(setup, false);
        }
    }

    @Nested
    class AsPlainFilters extends PlaceSuite {

        @Override
        protected ExampleServer.Kind kind() {
            return setup -> SpringServer.start(setup, true);
        }
    }
}
