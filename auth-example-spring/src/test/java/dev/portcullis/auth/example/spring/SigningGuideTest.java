package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.ExampleServer;
import dev.portcullis.auth.example.SigningGuideSuite;

class SigningGuideTest extends SigningGuideSuite {

    @Override
    protected ExampleServer.Kind kind() {
        return setup -> SpringServer.start(setup, false);
    }
}
