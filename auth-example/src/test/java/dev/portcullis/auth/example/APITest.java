package dev.portcullis.auth.example;

class APITest extends APISuite {

    @Override
    protected ExampleServer.Kind kind() {
        return ServletServer::start;
    }
}
