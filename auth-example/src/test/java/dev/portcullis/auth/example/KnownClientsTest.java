package dev.portcullis.auth.example;

class KnownClientsTest extends KnownClientsSuite {

    @Override
    protected ExampleServer.Kind kind() {
        return ServletServer::start;
    }
}
