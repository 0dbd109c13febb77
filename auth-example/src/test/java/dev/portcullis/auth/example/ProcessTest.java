package dev.portcullis.auth.example;

import java.util.List;

class ProcessTest extends ProcessSuite {

    @Override
    protected List<String> program() {
        return program(Main.class);
    }
}
