package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.ExampleServer;
import dev.portcullis.auth.example.KnownClientsSuite;

class KnownClientsTest extends KnownClientsSuite {

    @Override
    protected ExampleServer.Kind kind() {
        return setup -> SpringServer.start(setup, false);
    }
}
