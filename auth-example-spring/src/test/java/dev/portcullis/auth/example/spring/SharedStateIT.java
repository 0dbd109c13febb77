package dev.portcullis.auth.example.spring;

import dev.portcullis.auth.example.SharedStateSuite;
import java.util.List;

class SharedStateIT extends SharedStateSuite {

    @Override
    protected List<String> program() {
        return Packaged.program();
    }

    @Override
    protected List<String> other() {
        return Packaged.other();
    }
}
