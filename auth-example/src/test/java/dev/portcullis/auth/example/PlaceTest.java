package dev.portcullis.auth.example;

class PlaceTest extends PlaceSuite {

    @Override
    protected ExampleServer.Kind kind() {
        return ServletServer::start;
    }
}
