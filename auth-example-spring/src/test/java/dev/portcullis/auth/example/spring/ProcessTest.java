package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.ProcessSuite;
import java.util.List;

class ProcessTest extends ProcessSuite {

    @Override
    protected List<String> program() {
        return program(Main.class);
    }
}
