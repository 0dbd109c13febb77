package dev.portcullis.auth.spring;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** The suite in both ways. */
class ControllerTest {

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithSpringSecurity implements ControllerSuite {

        private final Running app = new Running(Catalogue.class, Catalogue.OPEN);

        @Override
        public Running app() {
            return app;
        }

        @AfterAll
        void stop() {
            app.close();
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithPlainFilters implements ControllerSuite {

        private final Running app = new Running(Catalogue.class, Catalogue.OPEN, "portcullis.mode=filters");

        @Override
        public Running app() {
            return app;
        }

        @AfterAll
        void stop() {
            app.close();
        }
    }
}
