package dev.portcullis.auth.example;

class SigningGuideTest extends SigningGuideSuite {

    @Override
    protected ExampleServer.Kind kind() {
        return ServletServer::start;
    }
}
