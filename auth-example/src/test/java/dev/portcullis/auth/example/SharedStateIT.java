package dev.portcullis.auth.example;

import java.util.List;

class SharedStateIT extends SharedStateSuite {

    @Override
    protected List<String> program() {
        return List.of("-jar", "target/portcullis-example.jar");
    }

    @Override
    protected List<String> other() {
        return program();
    }
}
